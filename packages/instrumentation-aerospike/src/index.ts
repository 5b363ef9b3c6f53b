export { AerospikeInstrumentation } from './instrumentation';
export type {
  AerospikeInstrumentationConfig,
  AerospikeRequestHook,
  AerospikeRequestInfo,
  AerospikeResponseHook,
  AerospikeResponseInfo,
} from './types';
