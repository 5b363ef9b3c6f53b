import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import type { Recorder } from './series/recorder';

/** Options of {@link AerospikeInstrumentation}. */
export interface AerospikeInstrumentationConfig extends InstrumentationConfig {
  /** Whether operations are measured at once; otherwise `enable()` begins with it. Default: true. */
  enabled?: boolean;
  /** Whether operations have spans, once a TracerProvider is registered. Default: true. */
  tracing?: boolean;
  /** Whether only operations that are made within a span have spans. Default: false. */
  requireParentSpan?: boolean;
  /** Called with each span when its operation starts. What it throws is logged and ignored. Default: none. */
  requestHook?: AerospikeRequestHook;
  /**
   * Called with each span when its operation has completed, before the span ends. What it throws is logged and ignored.
   * Default: none.
   */
  responseHook?: AerospikeResponseHook;
  /**
   * Whether the status of a failed span has the message of the error. It can carry addresses of nodes and data of the
   * application, such as what a Lua function put into an error. Default: false.
   */
  captureErrorMessages?: boolean;
  /**
   * Whether the number of records that queries, scans and reading batches return is recorded: as the histogram
   * `db.client.response.returned_rows`, and as the span attribute `db.response.returned_rows`. Both are in development
   * in the semantic conventions, which advise to leave them out by default. Default: false.
   */
  returnedRows?: boolean;
  /**
   * Whether metrics tell of what the clients say of themselves when somebody collects: their connections, commands and
   * nodes, from `client.stats()`, `client.getNodes()` and the client's events. Default: true.
   */
  clientMetrics?: boolean;
  /**
   * Where values are recorded, instead of instruments of the MeterProvider: an `AerospikeMetricProducer` from
   * `opentelemetry-instrumentation-aerospike/metric-producer`, which costs a fraction of what those do. Default: none.
   */
  metricProducer?: Recorder;
}

/** Adds to the span of an operation that starts. */
export type AerospikeRequestHook = (span: Span, info: AerospikeRequestInfo) => void;

/** Adds to the span of an operation that has completed. */
export type AerospikeResponseHook = (span: Span, info: AerospikeResponseInfo) => void;

/** An operation that starts. */
export interface AerospikeRequestInfo {
  /** `db.operation.name`, such as `get` or `batch_read`. */
  readonly operation: string;
  /** Undefined where it is not known, and for a batch whose keys do not share one. */
  readonly namespace: string | undefined;
  /** Undefined where there is none, and for a batch whose keys do not share one. */
  readonly set: string | undefined;
  /** `module.function` of an operation with a UDF. Undefined for others. */
  readonly storedProcedure: string | undefined;
  /**
   * The arguments of the call, in a list of their own. Undefined for operations on users and roles, whose arguments can
   * be credentials.
   */
  readonly args: readonly unknown[] | undefined;
}

/** An operation that has completed. */
export interface AerospikeResponseInfo extends AerospikeRequestInfo {
  /** What the operation failed with. Undefined on success. */
  readonly error: AerospikeOperationError | undefined;
  /** How many records a query, a scan or a reading batch returned. Undefined without `returnedRows`. */
  readonly returnedRows: number | undefined;
}

/**
 * What the error has that the application gets: of an `AerospikeError` of the client, or of whatever else it failed with.
 * It can carry data of the application.
 */
export interface AerospikeOperationError {
  /** `AerospikeError`, or the name of another class, such as `TypeError` for an argument of the wrong type. */
  readonly name: string;
  /** Aerospike's status code, as in `Aerospike.status`. Undefined where the error has no number for a code. */
  readonly code: number | undefined;
  /** The text that the application reads. It can name nodes, and have what a Lua function put into its error. */
  readonly message: string;
  /** Whether the client does not know if a write was done. */
  readonly inDoubt: boolean;
}
