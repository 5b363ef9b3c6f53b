import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { newKey, running, withCode } from '../support/running-server';

const { ttl, operations: op } = Aerospike;

describe('the time to live', () => {
  const context = running({ defaultTtl: 1000 });

  it('ends a record', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 100 });
    await server.advanceTime(99);
    assert.equal(await client.exists(key), true);
    await server.advanceTime(2);
    assert.equal(await client.exists(key), false);
    await assert.rejects(client.get(key), withCode(2));
  });

  it('begins anew with every write', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 100 });
    await server.advanceTime(60);
    await client.put(key, { a: 2 }, { ttl: 100 });
    await server.advanceTime(60);
    assert.deepEqual((await client.get(key)).bins, { a: 2 });
  });

  it('begins anew with a touch', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 100 });
    await server.advanceTime(60);
    await client.operate(key, [op.touch(100)]);
    await server.advanceTime(60);
    assert.equal(await client.exists(key), true);
  });

  it('cannot begin anew with a read', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 100 });
    const touching = new Aerospike.ReadPolicy({ readTouchTtlPercent: 50 });
    await assert.rejects(client.get(key, touching), withCode(16));
  });

  it('can be left as it is by a write', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 100 });
    await server.advanceTime(60);
    await client.put(key, { a: 2 }, { ttl: ttl.DONT_UPDATE });
    await server.advanceTime(60);
    assert.equal(await client.exists(key), false);
  });

  it('can be endless', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: ttl.NEVER_EXPIRE });
    await server.advanceTime(100_000);
    assert.equal(await client.exists(key), true);
    assert.equal((await client.get(key)).ttl, ttl.NEVER_EXPIRE);
  });

  it('is that of the namespace when none is given', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.advanceTime(999);
    assert.equal(await client.exists(key), true);
    await server.advanceTime(2);
    assert.equal(await client.exists(key), false);
  });

  it('leaves nothing behind: the next put creates the record', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 10 });
    await server.advanceTime(11);
    await client.put(
      key,
      { b: 2 },
      {},
      new Aerospike.WritePolicy({ exists: Aerospike.policy.exists.CREATE }),
    );
    const { bins, gen } = await client.get(key);
    assert.deepEqual(bins, { b: 2 });
    assert.equal(gen, 1);
  });
});

describe('without a default time to live', () => {
  const context = running();

  it('records live forever', async () => {
    const { client, server } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.advanceTime(1_000_000_000);
    assert.equal(await client.exists(key), true);
  });
});

describe('while the time is not put forward', () => {
  const context = running();

  it('the client is told how long a record lives', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 1000 });
    const left = (await client.get(key)).ttl;
    assert.ok(left > 990 && left <= 1000, String(left));
  });
});
