import Aerospike, { type AerospikeRecord, type Client } from 'aerospike';

/** Writes records with the bin n: 0, 1, 2, … */
export async function fill(client: Client, set: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += 50) {
    const some = Array.from({ length: Math.min(50, count - i) }, (_, k) => i + k);
    await Promise.all(
      some.map(n =>
        client.put(new Aerospike.Key('test', set, `key-${n}`), { n, even: n % 2 === 0 }),
      ),
    );
  }
}

/** The bins n, sorted. */
export function numbersOf(records: readonly AerospikeRecord[]): number[] {
  return records.map(({ bins }) => bins.n as number).sort((a, b) => a - b);
}
