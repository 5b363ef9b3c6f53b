import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import type { DurationRecorder } from './recording/recorder';

/** Options of {@link AerospikeInstrumentation}. */
export interface AerospikeInstrumentationConfig extends InstrumentationConfig {
  /** Whether operations have spans, once a TracerProvider is registered. Default: true. */
  tracing?: boolean;
  /** Whether only operations that are made within a span have spans. Default: false. */
  requireParentSpan?: boolean;
  /** Called with each span when its operation starts. What it throws is logged and ignored. */
  requestHook?: AerospikeRequestHook;
  /** Called with each span when its operation has completed, before the span ends. What it throws is logged and ignored. */
  responseHook?: AerospikeResponseHook;
  /**
   * Whether the status of a failed span has the message of the error. It can carry addresses of nodes and data of the
   * application, such as what a Lua function put into an error. Default: false.
   */
  captureErrorMessages?: boolean;
  /**
   * Where durations are recorded, instead of a histogram of the MeterProvider: an `AerospikeMetricProducer` from
   * `opentelemetry-instrumentation-aerospike/metric-producer`, which costs a fraction. Default: none.
   */
  metricProducer?: DurationRecorder;
}

/** Adds to the span of an operation that starts. */
export type AerospikeRequestHook = (span: Span, info: AerospikeRequestInfo) => void;

/** Adds to the span of an operation that has completed. */
export type AerospikeResponseHook = (span: Span, info: AerospikeResponseInfo) => void;

/** An operation that starts. */
export interface AerospikeRequestInfo {
  /** `db.operation.name`, such as `get` or `batch_read`. */
  readonly operation: string;
  readonly namespace: string | undefined;
  readonly set: string | undefined;
  /** `module.function` of an operation with a UDF. */
  readonly storedProcedure: string | undefined;
  /**
   * The arguments of the call, which must not be changed. Undefined for operations on users and roles, whose arguments
   * can be credentials.
   */
  readonly args: readonly unknown[] | undefined;
}

/** An operation that has completed. */
export interface AerospikeResponseInfo extends AerospikeRequestInfo {
  /** What the operation failed with, as the client reports it; its `code` is Aerospike's. Undefined on success. */
  readonly error: unknown;
  /** `db.response.returned_rows`, for batches, queries and scans. */
  readonly returnedRows: number | undefined;
}
