import { PARTITION_COUNT } from '../store/namespace';
import type { InfoCommand } from './info-command';
import { BUILD, COMPATIBILITY_ID, EDITION, FEATURES } from './features';
import { INDEX_COMMANDS } from './indexes';
import { JOB_COMMANDS } from './jobs';
import { TRUNCATE_COMMANDS } from './truncate';
import { UDF_COMMANDS } from './udfs';

/** No other nodes: generation, default port, empty list. */
const NO_PEERS = '0,3000,[]';

/** One bit a partition, all of them set: this node is the master of everything. */
const ALL_PARTITIONS = Buffer.alloc(PARTITION_COUNT / 8, 0xff).toString('base64');

/** The info commands, by name. */
export const INFO_COMMANDS: Readonly<Record<string, InfoCommand>> = {
  ...INDEX_COMMANDS,
  ...JOB_COMMANDS,
  ...TRUNCATE_COMMANDS,
  ...UDF_COMMANDS,
  build: () => BUILD,
  'cluster-name': ({ clusterName }) => clusterName,
  'compatibility-id': () => COMPATIBILITY_ID,
  edition: () => EDITION,
  features: () => FEATURES,
  namespaces: ({ store }) => [...store.namespaces.keys()].join(';'),
  node: ({ nodeName }) => nodeName,
  'partition-generation': ({ partitionGeneration }) => String(partitionGeneration),
  partitions: () => String(PARTITION_COUNT),
  'peers-clear-alt': () => NO_PEERS,
  'peers-clear-std': () => NO_PEERS,
  'peers-generation': () => '0',
  'rack-ids': () => 'ERROR:25:enterprise only',
  'rebalance-generation': () => '1',
  replicas: ({ store }) =>
    [...store.namespaces.keys()].map(name => `${name}:0,1,${ALL_PARTITIONS}`).join(';'),
  'service-clear-alt': () => '',
  'service-clear-std': (_source, _parameters, address) => address,
  services: () => '',
  'services-alumni': () => '',
  statistics: ({ store }) => {
    const namespaces = [...store.namespaces.values()];
    const objects = namespaces.reduce((sum, { size }) => sum + size, 0);
    return `cluster_size=1;cluster_generation=1;objects=${objects}`;
  },
  status: () => 'ok',
  'user-agent-set': () => 'ok',
  version: () => `${EDITION} build ${BUILD}`,
  'xdr-set-filter': () => 'ERROR:25:enterprise only',
};

/** Commands that the real server knows and this one does not. */
export const NOT_SUPPORTED: ReadonlySet<string> = new Set([
  'best-practices',
  'cluster-stable',
  'get-config',
  'get-stats',
  'health-outliers',
  'health-stats',
  'histogram',
  'latencies',
  'log',
  'log-set',
  'logs',
  'mesh',
  'name',
  'namespace',
  'peers-tls-alt',
  'peers-tls-std',
  'physical-devices',
  'query-abort',
  'query-abort-all',
  'quiesce',
  'quiesce-undo',
  'racks',
  'recluster',
  'revive',
  'roster',
  'roster-set',
  'service',
  'service-tls-alt',
  'service-tls-std',
  'set-config',
  'sets',
  'tip',
  'tip-clear',
  'truncate-namespace-undo',
  'truncate-undo',
  'udf-get',
]);

/** What an empty request asks for, in this order. */
export const DEFAULT_COMMANDS: readonly string[] = [
  'features',
  'node',
  'compatibility-id',
  'edition',
  'build',
  'version',
  'statistics',
  'services-alumni',
  'services',
  'partition-generation',
];
