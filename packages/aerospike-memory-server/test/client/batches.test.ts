import assert from 'node:assert/strict';
import Aerospike, { type Client, type Key } from 'aerospike';
import { newKey, running, withCode } from '../support/running-server';

const { batchType: BT, exp, operations: op, lists, policy: P } = Aerospike;
const { BatchPolicy, BatchWritePolicy, BatchRemovePolicy, BatchReadPolicy } = Aerospike;

/** Keys of records with the bins i (0, 1, 2, …) and s. */
async function stored(client: Client, count: number): Promise<Key[]> {
  const keys = Array.from({ length: count }, () => newKey());
  await Promise.all(keys.map((key, i) => client.put(key, { i, s: `text ${i}` })));
  return keys;
}

/** What the client gives for each row; its type declarations say something else of some methods. */
interface Row {
  readonly status: number;
  readonly record?: { readonly bins?: unknown; readonly ttl?: number | null };
}

function statuses(results: readonly object[]): number[] {
  return (results as Row[]).map(({ status }) => status);
}

function bins(results: readonly object[]): unknown[] {
  return (results as Row[]).map(({ record }) => record?.bins);
}

describe('batches', () => {
  const context = running({ namespaces: ['test', 'other'] });

  it('batchRead reads all bins, some bins, none, or what operations give', async () => {
    const { client } = context();
    const [a, b, c, d] = (await stored(client, 4)) as [Key, Key, Key, Key];
    const results = await client.batchRead([
      { key: a, readAllBins: true },
      { key: b, bins: ['i'] },
      { key: c },
      { key: d, ops: [op.read('s')] },
      { key: newKey(), readAllBins: true },
    ]);
    assert.deepEqual(statuses(results), [0, 0, 0, 0, 2]);
    assert.deepEqual(bins(results), [
      { i: 0, s: 'text 0' },
      { i: 1 },
      {},
      { s: 'text 3' },
      undefined,
    ]);
  });

  it('batchRead gives what a list operation gives', async () => {
    const { client } = context();
    const [a, b] = [newKey(), newKey()];
    await client.put(a, { l: [1, 2, 3] });
    await client.put(b, { l: [4] });
    const results = await client.batchRead([
      { key: a, ops: [lists.get('l', 1)] },
      { key: b, ops: [lists.size('l')] },
    ]);
    assert.deepEqual(bins(results), [{ l: 2 }, { l: 1 }]);
  });

  it('batchRead reads several namespaces and sets, the same key twice, and one key', async () => {
    const { client } = context();
    const keys = [newKey('one'), newKey('two'), newKey(null), newKey('one', 'other')];
    await Promise.all(keys.map((key, i) => client.put(key, { i })));
    const twice = [...keys, ...keys].map(key => ({ key, readAllBins: true }));
    const read = bins(await client.batchRead(twice));
    assert.deepEqual(
      read,
      [0, 1, 2, 3, 0, 1, 2, 3].map(i => ({ i })),
    );
    assert.deepEqual(bins(await client.batchRead(twice.slice(1, 2))), [{ i: 1 }]);
  });

  it('batchRead has status 20 for a namespace that does not exist, and reads the others', async () => {
    const { client } = context();
    const [a, b] = (await stored(client, 2)) as [Key, Key];
    const keys = [a, newKey('set', 'nowhere'), b];
    const results = await client.batchRead(keys.map(key => ({ key, readAllBins: true })));
    assert.deepEqual(statuses(results), [0, 20, 0]);
  });

  it('batchGet, batchSelect and batchExists read', async () => {
    const { client } = context();
    const keys = [...(await stored(client, 2)), newKey()];
    const all = await client.batchGet(keys);
    assert.deepEqual(statuses(all), [0, 0, 2]);
    assert.deepEqual(bins(all).slice(0, 2), [
      { i: 0, s: 'text 0' },
      { i: 1, s: 'text 1' },
    ]);
    const some = await client.batchSelect(keys, ['s']);
    assert.deepEqual(statuses(some), [0, 0, 2]);
    assert.deepEqual(bins(some).slice(0, 2), [{ s: 'text 0' }, { s: 'text 1' }]);
    assert.deepEqual(statuses(await client.batchExists(keys)), [0, 0, 2]);
  });

  it('batchWrite writes, changes, reads and removes', async () => {
    const { client } = context();
    const [a, b, c] = (await stored(client, 3)) as [Key, Key, Key];
    const created = newKey();
    const results = await client.batchWrite([
      { type: BT.BATCH_WRITE, key: created, ops: [op.write('w', 1)] },
      { type: BT.BATCH_WRITE, key: a, ops: [op.incr('i', 10), op.read('i')] },
      { type: BT.BATCH_READ, key: b, bins: ['s'] },
      { type: BT.BATCH_REMOVE, key: c },
      { type: BT.BATCH_REMOVE, key: newKey() },
    ]);
    assert.deepEqual(statuses(results), [0, 0, 0, 0, 2]);
    assert.deepEqual(bins(results).slice(0, 4), [{ w: null }, { i: 10 }, { s: 'text 1' }, {}]);
    assert.deepEqual((await client.get(created)).bins, { w: 1 });
    assert.equal((await client.get(a)).gen, 2);
    assert.equal(await client.exists(c), false);
  });

  it('batchWrite tells of each row whether it failed, and a failed row changes nothing', async () => {
    const { client } = context();
    const [a, b, c, d] = (await stored(client, 4)) as [Key, Key, Key, Key];
    const write = (key: Key, policy: object) => ({
      type: BT.BATCH_WRITE,
      key,
      ops: [op.write('i', 99)],
      policy: new BatchWritePolicy(policy),
    });
    const results = await client.batchWrite([
      write(a, { exists: P.exists.CREATE }),
      write(b, { gen: P.gen.EQ }),
      { type: BT.BATCH_WRITE, key: c, ops: [op.write('i', 99), op.incr('s', 1)] },
      write(d, { ttl: 100 }),
      write(newKey(), { exists: P.exists.UPDATE }),
    ]);
    assert.deepEqual(statuses(results), [5, 3, 12, 0, 2]);
    const after = await client.batchSelect([a, b, c, d], ['i']);
    assert.deepEqual(bins(after), [{ i: 0 }, { i: 1 }, { i: 2 }, { i: 99 }]);
    assert.equal((after[3] as Row).record?.ttl, 100);
  });

  it('batchRemove removes, unless the generation is another', async () => {
    const { client } = context();
    const keys = [...(await stored(client, 2)), newKey()];
    const wrong = new BatchRemovePolicy({ gen: P.gen.EQ, generation: 7 });
    // The client rejects as soon as one row has failed.
    await assert.rejects(client.batchRemove(keys, null, wrong), withCode(-16));
    assert.deepEqual(statuses(await client.batchExists(keys)), [0, 0, 2]);
    assert.deepEqual(statuses(await client.batchRemove(keys)), [0, 0, 2]);
    assert.deepEqual(statuses(await client.batchExists(keys)), [2, 2, 2]);
  });

  it('a filter of the batch leaves rows out, and one of a row goes before it', async () => {
    const { client } = context();
    const [a, b, c] = (await stored(client, 3)) as [Key, Key, Key];
    const is = (i: number) => ({ filterExpression: exp.eq(exp.binInt('i'), exp.int(i)) });
    const results = await client.batchRead(
      [
        { key: a, readAllBins: true },
        { key: b, readAllBins: true },
        { key: c, readAllBins: true, policy: new BatchReadPolicy(is(2)) },
      ],
      new BatchPolicy(is(1)),
    );
    assert.deepEqual(statuses(results), [27, 0, 0]);
  });

  it('goes on after missing records, and stops at other errors, when it need not respond to all keys', async () => {
    const { client } = context();
    const [a, b] = (await stored(client, 2)) as [Key, Key];
    await client.batchWrite(
      [
        { type: BT.BATCH_REMOVE, key: newKey() },
        { type: BT.BATCH_WRITE, key: a, ops: [op.incr('i', 1)] },
        { type: BT.BATCH_WRITE, key: a, ops: [op.incr('s', 1)] },
        { type: BT.BATCH_WRITE, key: b, ops: [op.incr('i', 1)] },
      ],
      new BatchPolicy({ respondAllKeys: false }),
    );
    assert.deepEqual(bins(await client.batchSelect([a, b], ['i'])), [{ i: 1 }, { i: 1 }]);
  });

  it('answers more than fits into one frame', async () => {
    const { client } = context();
    const keys = Array.from({ length: 50 }, () => newKey());
    const blob = Buffer.alloc(100_000, 'x');
    await Promise.all(keys.map(key => client.put(key, { blob })));
    const results = await client.batchGet(keys);
    assert.deepEqual(
      bins(results),
      keys.map(() => ({ blob })),
    );
  });

  it('an empty one is answered by the client', async () => {
    const { client } = context();
    assert.deepEqual(await client.batchRead([]), []);
  });

  it('fails as a whole when none of its namespaces exists', async () => {
    const { client } = context();
    const keys = [newKey('set', 'nowhere'), newKey('set', 'nowhere')];
    await assert.rejects(client.batchGet(keys), withCode(-16));
  });

  it('that is compressed is refused at once, as with the Community Edition', async () => {
    const { client } = context();
    const rows = Array.from({ length: 50 }, () => ({ key: newKey(), readAllBins: true }));
    await assert.rejects(client.batchRead(rows, new BatchPolicy({ compress: true })), withCode(25));
  });
});
