export type { MemoryServerOptions } from './options';
export { AerospikeMemoryServer } from './server';
export type { UdfFunction, UdfFunctions, UdfMapKey, UdfRecord, UdfValue } from './udf/types';
