import { PARTITION_COUNT } from '../store/partition-set';
import type { InfoCommand } from './info-command';
import { BUILD, COMPATIBILITY_ID, EDITION, FEATURES } from './features';
import { INDEX_COMMANDS } from './indexes';
import { JOB_COMMANDS } from './jobs';
import { PEER_COMMANDS } from './peers';
import { TRUNCATE_COMMANDS } from './truncate';
import { UDF_COMMANDS } from './udfs';

/** The info commands, by name. */
export const INFO_COMMANDS: Readonly<Record<string, InfoCommand>> = {
  ...INDEX_COMMANDS,
  ...JOB_COMMANDS,
  ...PEER_COMMANDS,
  ...TRUNCATE_COMMANDS,
  ...UDF_COMMANDS,
  build: () => BUILD,
  'cluster-name': ({ clusterName }) => clusterName,
  'compatibility-id': () => COMPATIBILITY_ID,
  edition: () => EDITION,
  features: () => FEATURES,
  namespaces: ({ store }) => [...store.namespaces.keys()].join(';'),
  node: ({ name }) => name,
  'partition-generation': ({ partitionGeneration }) => String(partitionGeneration),
  partitions: () => String(PARTITION_COUNT),
  'rack-ids': () => 'ERROR:25:enterprise only',
  'rebalance-generation': ({ rebalanceGeneration }) => String(rebalanceGeneration),
  // Of each namespace: regime, replication factor, the partitions that the node is the master of.
  replicas: ({ store, partitions }) =>
    [...store.namespaces.keys()].map(name => `${name}:0,1,${partitions.base64}`).join(';'),
  'service-clear-alt': () => '',
  'service-clear-std': (_source, _parameters, address) => address,
  statistics: ({ clusterSize, rebalanceGeneration, partitions, store }) => {
    const namespaces = [...store.namespaces.values()];
    const objects = namespaces.reduce((sum, each) => sum + each.sizeOf(partitions), 0);
    return `cluster_size=${clusterSize};cluster_generation=${rebalanceGeneration};objects=${objects}`;
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
