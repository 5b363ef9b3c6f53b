/** What a metric is, wherever it is recorded, added up or written. */
export interface Metric {
  /** Name in OpenTelemetry. */
  readonly name: string;
  /**
   * Name in Prometheus, without the `_total` that each format adds to a counter. It stands here because the exporters
   * of OpenTelemetry JS add no unit to a name.
   */
  readonly prometheusName: string;
  readonly description: string;
  /** Unit in UCUM, as OpenTelemetry writes it. */
  readonly unit: string;
  /** The instrument: values are recorded into a histogram, and read from an observable instrument when somebody collects. */
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
} as const satisfies Readonly<Record<string, Metric | HistogramMetric>>;
