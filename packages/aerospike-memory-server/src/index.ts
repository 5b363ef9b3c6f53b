export type { MemoryServerOptions } from './options';
export { AerospikeMemoryServer } from './server';
