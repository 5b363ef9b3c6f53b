import type { UdfFunctions, UdfRecord, UdfValue } from '../../src';

/** What the Lua file of the recordings does, in JavaScript. */
export const RECORDED_UDFS: UdfFunctions = {
  add_bin(record: UdfRecord, bin: string, by: number) {
    if (!record.exists) return -1;
    record.bins[bin] = Number(record.bins[bin] ?? 0) + by;
    record.save();
    return record.bins[bin];
  },
  echo: (_: UdfRecord, a: UdfValue, b: UdfValue) => ({ a, b }),
  nothing() {
    return undefined;
  },
  fail() {
    throw new Error('udf/wire.lua:16: boom from lua');
  },
  count: (records: Iterable<UdfRecord>) => [...records].length,
};
