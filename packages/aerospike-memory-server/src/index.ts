export type { Fault, FaultMatch } from './faults/fault';
export type { MemoryServerOptions } from './options';
export { AerospikeMemoryServer, type RestartOptions } from './server';
export type { MemoryServerNode } from './server-node';
export type { UdfFunction, UdfFunctions, UdfMapKey, UdfRecord, UdfValue } from './udf/types';
