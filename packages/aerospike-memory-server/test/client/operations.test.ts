import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { newKey, running, withCode } from '../support/running-server';

const { operations: op, lists, maps, hll, bitwise } = Aerospike;

describe('operate', () => {
  const context = running();

  it('runs its operations in order', async () => {
    const { client } = context();
    const key = newKey();
    const { bins, gen } = await client.operate(key, [
      op.write('s', 'b'),
      op.append('s', 'c'),
      op.prepend('s', 'a'),
      op.incr('i', 2),
      op.read('s'),
      op.read('i'),
    ]);
    assert.deepEqual(bins, { s: 'abc', i: 2 });
    assert.equal(gen, 1);
  });

  it('adds integers and doubles', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { i: 10, d: 1.5 });
    await client.add(key, { i: -3, d: 0.25 });
    assert.deepEqual((await client.get(key)).bins, { i: 7, d: 1.75 });
  });

  it('wraps integers around at 64 bits', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { i: 2n ** 63n - 1n });
    await client.incr(key, { i: 1 });
    assert.deepEqual((await client.get(key)).bins, { i: -(2n ** 63n) });
  });

  it('appends and prepends blobs', async () => {
    const { client } = context();
    const key = newKey();
    await client.append(key, { b: Buffer.from([2]) });
    await client.prepend(key, { b: Buffer.from([1]) });
    assert.deepEqual((await client.get(key)).bins, { b: Buffer.from([1, 2]) });
  });

  it('changes nothing when one of its operations fails', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { i: 1, s: 'x' });
    await assert.rejects(
      client.operate(key, [op.incr('i', 1), op.write('n', 1), op.incr('s', 1)]),
      withCode(12),
    );
    const { bins, gen } = await client.get(key);
    assert.deepEqual(bins, { i: 1, s: 'x' });
    assert.equal(gen, 1);
  });

  it('creates nothing when one of its operations fails', async () => {
    const { client } = context();
    const key = newKey();
    await assert.rejects(client.operate(key, [op.write('s', 'x'), op.incr('s', 1)]), withCode(12));
    assert.equal(await client.exists(key), false);
  });

  it('deletes the record, and may read it before and write it anew after', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1, b: 2 });
    const { bins } = await client.operate(key, [op.read('a'), op.delete(), op.write('c', 3)]);
    assert.deepEqual(bins, { a: 1 });
    assert.deepEqual((await client.get(key)).bins, { c: 3 });
    await client.operate(key, [op.delete()]);
    assert.equal(await client.exists(key), false);
  });

  it('does not create a record by touching it', async () => {
    const { client } = context();
    await assert.rejects(client.operate(newKey(), [op.touch(10)]), withCode(2));
  });

  it('does not create a record by deleting it', async () => {
    const { client } = context();
    await assert.rejects(client.operate(newKey(), [op.delete()]), withCode(2));
  });

  it('reads and changes lists and maps', async () => {
    const { client } = context();
    const key = newKey();
    const { bins } = await client.operate(key, [
      lists.append('l', 'a'),
      maps.put('m', 'k', 1),
      lists.append('l', 'b'),
      maps.increment('m', 'k', 1),
      op.read('l'),
      op.read('m'),
    ]);
    assert.deepEqual(bins, { l: ['a', 'b'], m: { k: 2 } });
  });

  it('refuses what it does not implement', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { b: Buffer.from([1]) });
    await assert.rejects(client.operate(key, [hll.init('h', 8)]), withCode(16));
    await assert.rejects(client.operate(key, [bitwise.get('b', 0, 8)]), withCode(16));
    await assert.rejects(client.operate(key, [bitwise.not('b', 0, 8)]), withCode(16));
  });
});
