/** What a metric is, wherever it is recorded, added up or written. */
export interface Metric {
  /** Name in OpenTelemetry. */
  readonly name: string;
  /**
   * Name in Prometheus, without the `_total` that each format adds to a counter. It stands here because the exporters
   * of OpenTelemetry JS add no unit to a name.
   */
  readonly prometheusName: string;
  /** As the semantic conventions have it, where they have the metric. */
  readonly description: string;
  /** Unit in UCUM, as OpenTelemetry writes it. */
  readonly unit: string;
  /**
   * The instrument. Values are recorded into a histogram; the others are read when somebody collects. An observable
   * instrument takes what is read of the clients. A counter is for events that this package counts itself: it is given
   * what has been added since the last reading.
   */
  readonly kind: 'histogram' | 'counter' | 'observableCounter' | 'observableUpDownCounter';
  /** Whether all its values are whole numbers. */
  readonly isWhole: boolean;
}

/** A metric whose values are added up in buckets. */
export interface HistogramMetric extends Metric {
  readonly kind: 'histogram';
  /** Upper bounds of the buckets in the metric's unit, rising. */
  readonly boundaries: readonly number[];
}

/**
 * Every metric of this package.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */
export const METRICS = {
  operationDuration: {
    name: 'db.client.operation.duration',
    prometheusName: 'db_client_operation_duration_seconds',
    description: 'Duration of database client operations.',
    unit: 's',
    kind: 'histogram',
    isWhole: false,
    // As the conventions advise, and as aerospike-py has them.
    boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
  },
  returnedRows: {
    name: 'db.client.response.returned_rows',
    prometheusName: 'db_client_response_returned_rows',
    description: 'The actual number of records returned by the database operation.',
    unit: '{row}',
    kind: 'histogram',
    isWhole: true,
    boundaries: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
  },
  // Below: what the clients tell of themselves. The first two are of the conventions, where they are in development.
  connectionCount: {
    name: 'db.client.connection.count',
    prometheusName: 'db_client_connection_count',
    description:
      'The number of connections that are currently in the state described by the state attribute.',
    unit: '{connection}',
    kind: 'observableUpDownCounter',
    isWhole: true,
  },
  connectionMax: {
    name: 'db.client.connection.max',
    prometheusName: 'db_client_connection_max',
    description: 'The maximum number of open connections allowed.',
    unit: '{connection}',
    kind: 'observableUpDownCounter',
    isWhole: true,
  },
  connectionsOpened: {
    name: 'aerospike.client.connection.opened',
    prometheusName: 'aerospike_client_connection_opened',
    description: 'The number of connections that clients have opened to a node.',
    unit: '{connection}',
    kind: 'observableCounter',
    isWhole: true,
  },
  connectionsClosed: {
    name: 'aerospike.client.connection.closed',
    prometheusName: 'aerospike_client_connection_closed',
    description: 'The number of connections to a node that have been closed.',
    unit: '{connection}',
    kind: 'observableCounter',
    isWhole: true,
  },
  commandCount: {
    name: 'aerospike.client.command.count',
    prometheusName: 'aerospike_client_command_count',
    description: 'The number of asynchronous commands that are in flight, or queued in the client.',
    unit: '{command}',
    kind: 'observableUpDownCounter',
    isWhole: true,
  },
  nodeCount: {
    name: 'aerospike.client.node.count',
    prometheusName: 'aerospike_client_node_count',
    description: 'The number of distinct nodes of the cluster that clients know.',
    unit: '{node}',
    kind: 'observableUpDownCounter',
    isWhole: true,
  },
  nodeErrors: {
    name: 'aerospike.client.node.errors',
    prometheusName: 'aerospike_client_node_errors',
    description: 'The number of attempts to have a node do a command that ended with an error.',
    unit: '{command}',
    kind: 'observableCounter',
    isWhole: true,
  },
  nodeTimeouts: {
    name: 'aerospike.client.node.timeouts',
    prometheusName: 'aerospike_client_node_timeouts',
    description: 'The number of attempts to have a node do a command that timed out.',
    unit: '{command}',
    kind: 'observableCounter',
    isWhole: true,
  },
  nodeKeyBusy: {
    name: 'aerospike.client.node.key_busy',
    prometheusName: 'aerospike_client_node_key_busy',
    description:
      'The number of attempts to have a node do a command that it refused because the key was busy.',
    unit: '{command}',
    kind: 'observableCounter',
    isWhole: true,
  },
  nodeChanges: {
    name: 'aerospike.client.node.changes',
    prometheusName: 'aerospike_client_node_changes',
    description:
      'The number of times that a client found a node added or removed, or was disconnected from all.',
    unit: '{event}',
    kind: 'counter',
    isWhole: true,
  },
} as const satisfies Readonly<Record<string, Metric | HistogramMetric>>;
