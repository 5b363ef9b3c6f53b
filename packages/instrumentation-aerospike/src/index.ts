export { AerospikeInstrumentation } from './instrumentation';
export type { AerospikeInstrumentationConfig } from './types';
