import assert from 'node:assert/strict';
import type { AerospikeBinValue, Client } from 'aerospike';
import type Aerospike from 'aerospike';
import { newKey, withCode } from './running-server';

export type BinOperation = Aerospike.operations.Operation;

/** What the test operates on. */
export const BIN = 'bin';

/** What an operation leaves and answers; or the code with which it is refused. */
export interface Case {
  /** Undefined: the bin does not exist. */
  readonly before: AerospikeBinValue | undefined;
  readonly operation: BinOperation;
  readonly answer?: unknown;
  readonly after?: AerospikeBinValue | undefined;
  readonly refusedWith?: number;
}

/** Runs one operation on a record that, beside the bin, has another one that keeps it alive. */
export async function check(client: Client, given: Case): Promise<void> {
  const { before, operation, answer, after, refusedWith } = given;
  const key = newKey();
  await client.put(key, before === undefined ? { alive: 1 } : { alive: 1, [BIN]: before });
  if (refusedWith !== undefined) {
    await assert.rejects(client.operate(key, [operation]), withCode(refusedWith));
    return;
  }
  const { bins } = await client.operate(key, [operation]);
  assert.deepEqual(bins[BIN] ?? undefined, answer);
  const stored = (await client.get(key)).bins[BIN];
  assert.deepEqual(stored, 'after' in given ? after : before);
}

export function reversed(positions: unknown, size: number): unknown {
  if (Array.isArray(positions)) return positions.map(position => reversed(position, size));
  return positions === -1 ? -1 : size - 1 - Number(positions);
}
