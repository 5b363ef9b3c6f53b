/** What the main entry exports: its types, and what is behind its door. */
export { AerospikeInstrumentation } from './instrumentation';
export type { HistogramMetric, Metric } from './series/metrics';
export type { Read, ReportValue } from './series/observed';
export type { Recorder, Series, SpanScope } from './series/recorder';
export type {
  AerospikeInstrumentationConfig,
  AerospikeOperationError,
  AerospikeRequestHook,
  AerospikeRequestInfo,
  AerospikeResponseHook,
  AerospikeResponseInfo,
} from './types';
