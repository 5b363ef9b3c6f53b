import type { JobLog } from '../store/job-log';
import type { PartitionSet } from '../store/partition-set';
import type { Store } from '../store/store';
import type { InfoParameters } from './parameters';

/** What info commands tell about: a node. */
export interface InfoSource {
  readonly name: string;
  readonly clusterName: string;
  /** Nodes in the cluster. */
  readonly clusterSize: number;
  /** The other nodes. */
  readonly peers: readonly Peer[];
  readonly peersGeneration: number;
  /** Those that the node is the master of. */
  readonly partitions: PartitionSet;
  readonly partitionGeneration: number;
  readonly rebalanceGeneration: number;
  /** What has run on this node. */
  readonly jobs: JobLog;
  readonly store: Store;
}

export interface Peer {
  readonly name: string;
  /** TCP port. */
  readonly port: number;
}

/** Gives the value, or throws a CommandError. The address is where its client reached the server. */
export type InfoCommand = (
  source: InfoSource,
  parameters: InfoParameters,
  address: string,
) => string;

export type InfoCommands = Readonly<Record<string, InfoCommand>>;

/** Several facts in one value. */
export function pairs(
  facts: Readonly<Record<string, string | number>>,
  separator: ';' | ':',
): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(separator);
}
