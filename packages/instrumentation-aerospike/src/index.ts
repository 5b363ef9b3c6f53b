export { AerospikeInstrumentation } from './instrumentation';
export type { HistogramMetric, Metric } from './series/metrics';
export type { Recorder, Series, SpanScope } from './series/recorder';
export type {
  AerospikeInstrumentationConfig,
  AerospikeOperationError,
  AerospikeRequestHook,
  AerospikeRequestInfo,
  AerospikeResponseHook,
  AerospikeResponseInfo,
} from './types';
