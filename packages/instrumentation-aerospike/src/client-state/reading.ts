import type { AerospikeClient } from '../aerospike/operation';

/** What is read of a client. Clients of older versions lack some of it. */
export interface ReadableClient {
  readonly config?: AerospikeClient['config'] & { readonly maxConnsPerNode?: unknown };
  isConnected(checkTenderErrors: boolean): boolean;
  readonly stats?: () => ClientStats | undefined;
  readonly getNodes?: () => readonly NodeAddress[];
  readonly on?: (name: 'event', listener: NodeEventListener) => unknown;
  readonly off?: (name: 'event', listener: NodeEventListener) => unknown;
}

/** Takes every event of a client that tells of its nodes. */
export type NodeEventListener = (this: ReadableClient, event: unknown) => void;

interface NodeAddress {
  readonly name: string;
  /** Address and port, such as `10.0.0.1:3000`. */
  readonly address: string;
}

interface ClientStats {
  readonly commands?: CommandCounts;
  readonly nodes?: readonly NodeStats[];
}

interface CommandCounts {
  readonly inFlight?: number;
  readonly queued?: number;
}

interface NodeStats {
  readonly name: string;
  readonly syncConnections?: PoolStats;
  readonly asyncConnections?: PoolStats;
  readonly pipelineConnections?: PoolStats;
  readonly errorCount?: number;
  readonly timeoutCount?: number;
  readonly keyBusyCount?: number;
}

interface PoolStats {
  readonly inPool?: number;
  readonly inUse?: number;
  readonly opened?: number;
  readonly closed?: number;
}

/** What a client tells of itself at one moment. */
export interface ClientReading {
  readonly commands: CommandCounts;
  /** Connections that it may have open to one node at a time. */
  readonly maxConnections: number;
  /** By name. */
  readonly nodes: ReadonlyMap<string, NodeReading>;
}

/** What a client tells of one node. What its version does not tell is undefined. */
export interface NodeReading {
  readonly name: string;
  readonly address: string;
  readonly idle: number | undefined;
  readonly used: number | undefined;
  /** How often something has happened since the client has known the node. */
  readonly counts: Readonly<Record<NodeCount, number | undefined>>;
}

export const NODE_COUNTS = ['opened', 'closed', 'errors', 'timeouts', 'keyBusy'] as const;

export type NodeCount = (typeof NODE_COUNTS)[number];

/** Of the client, which leaves it out of its configuration unless the application has set it. */
const DEFAULT_MAX_CONNECTIONS = 100;

/**
 * Reads a client, where that is safe: `stats()` and `getNodes()` of a client that has never been connected end the
 * process, and so can those of a closed one.
 *
 * @param previous the last reading of the same client
 * @returns undefined when the client is not connected
 */
export function readClient(
  client: ReadableClient,
  previous: ClientReading | undefined,
): ClientReading | undefined {
  if (!client.isConnected(false)) return undefined;
  const stats = client.stats?.();
  if (stats === undefined) return undefined;
  const addresses = new Map(client.getNodes?.().map(({ name, address }) => [name, address]));
  const nodes = new Map<string, NodeReading>();
  for (const node of stats.nodes ?? []) {
    // The client may find or lose a node between the two calls: its own thread does that.
    const address = addresses.get(node.name) ?? previous?.nodes.get(node.name)?.address;
    if (address !== undefined) nodes.set(node.name, readNode(node, address));
  }
  const maximum = client.config?.maxConnsPerNode;
  return {
    commands: stats.commands ?? {},
    maxConnections: typeof maximum === 'number' ? maximum : DEFAULT_MAX_CONNECTIONS,
    nodes,
  };
}

function readNode(node: NodeStats, address: string): NodeReading {
  const pools = [node.syncConnections, node.asyncConnections, node.pipelineConnections];
  return {
    name: node.name,
    address,
    // The pool of almost all operations, and the one that `maxConnsPerNode` bounds.
    idle: node.asyncConnections?.inPool,
    used: node.asyncConnections?.inUse,
    counts: {
      opened: total(pools.map(pool => pool?.opened)),
      closed: total(pools.map(pool => pool?.closed)),
      errors: node.errorCount,
      timeouts: node.timeoutCount,
      keyBusy: node.keyBusyCount,
    },
  };
}

/** The client gives its unsigned counts of 32 bits as signed ones. */
function total(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter(count => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, count) => sum + (count >>> 0), 0);
}
