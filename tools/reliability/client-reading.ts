import { samplesOf } from '@test/support';

/** What the metrics of the client say of one node. Counters go on from round to round. */
export interface NodeReading {
  /** Connections in use, and how many there may be. Undefined where the client does not know the node. */
  readonly used: number | undefined;
  readonly max: number | undefined;
  readonly closed: number;
  /** 0 with clients before 6.0, which do not tell of them. */
  readonly errors: number;
  readonly timeouts: number;
}

/** What the metrics of the client say at one moment. */
export interface ClientReading {
  readonly nodeCount: number;
  /** By event: `added`, `removed`, `disconnected`. */
  readonly changes: Readonly<Record<string, number>>;
  /** By the name of the node. */
  readonly nodes: Readonly<Record<string, NodeReading>>;
}

/** The readings of the last round, by what was going on. */
export type Readings = Readonly<Record<string, ClientReading>>;

interface Node {
  readonly name: string;
  /** Its address and port, which are the name of its pool. */
  readonly hosts: string;
}

/** @param text what Prometheus would be given */
export function clientReadingIn(text: string, nodes: readonly Node[]): ClientReading {
  return {
    nodeCount: samplesOf('aerospike_client_node_count', text)[0]?.value ?? NaN,
    changes: Object.fromEntries(
      samplesOf('aerospike_client_node_changes_total', text).map(({ labels, value }) => [
        labels.aerospike_client_node_event ?? '',
        value,
      ]),
    ),
    nodes: Object.fromEntries(nodes.map(node => [node.name, nodeReadingIn(text, node)])),
  };
}

function nodeReadingIn(text: string, { hosts }: Node): NodeReading {
  const valueOf = (metric: string, state?: string) =>
    samplesOf(metric, text).find(
      ({ labels }) =>
        labels.db_client_connection_pool_name === hosts &&
        (state === undefined || labels.db_client_connection_state === state),
    )?.value;
  return {
    used: valueOf('db_client_connection_count', 'used'),
    max: valueOf('db_client_connection_max'),
    closed: valueOf('aerospike_client_connection_closed_total') ?? 0,
    errors: valueOf('aerospike_client_node_errors_total') ?? 0,
    timeouts: valueOf('aerospike_client_node_timeouts_total') ?? 0,
  };
}
