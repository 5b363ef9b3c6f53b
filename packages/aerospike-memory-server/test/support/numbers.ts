import Aerospike, { type AerospikeRecord, type Client } from 'aerospike';

const { batchType, operations } = Aerospike;
const BATCH_SIZE = 1000;

/** Writes records with the bin n: 0, 1, 2, … */
export async function fill(client: Client, set: string, count: number): Promise<void> {
  for (let start = 0; start < count; start += BATCH_SIZE) {
    const numbers = Array.from(
      { length: Math.min(BATCH_SIZE, count - start) },
      (_, k) => start + k,
    );
    await client.batchWrite(
      numbers.map(n => ({
        type: batchType.BATCH_WRITE,
        key: new Aerospike.Key('test', set, `key-${n}`),
        ops: [operations.write('n', n), operations.write('even', n % 2 === 0)],
      })),
    );
  }
}

/** The bins n, sorted. */
export function numbersOf(records: readonly AerospikeRecord[]): number[] {
  return records.map(({ bins }) => bins.n as number).sort((a, b) => a - b);
}
