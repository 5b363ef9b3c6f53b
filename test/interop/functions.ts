import type { UdfRecord } from 'aerospike-memory-server';

/** The UDF that the programs apply: adds a number to a bin of a record, and gives the sum. The server runs it. */
export function add(record: UdfRecord, bin: string, by: number): number {
  const sum = Number(record.bins[bin] ?? 0) + by;
  record.bins[bin] = sum;
  record.save();
  return sum;
}
