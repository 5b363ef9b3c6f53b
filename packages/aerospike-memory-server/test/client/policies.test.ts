import assert from 'node:assert/strict';
import Aerospike, { type Client, type Key } from 'aerospike';
import { newKey, running, withCode } from '../support/running-server';

const { WritePolicy, RemovePolicy, policy } = Aerospike;

describe('policies', () => {
  const context = running();

  async function putKey(client: Client): Promise<Key> {
    const key = newKey();
    await client.put(key, { a: 1 });
    return key;
  }

  function put(client: Client, key: Key, exists: number): Promise<Key> {
    return client.put(key, { b: 2 }, {}, new WritePolicy({ exists }));
  }

  it('CREATE puts only what does not exist', async () => {
    const { client } = context();
    await put(client, newKey(), policy.exists.CREATE);
    await assert.rejects(put(client, await putKey(client), policy.exists.CREATE), withCode(5));
  });

  it('UPDATE puts only what exists, and keeps its bins', async () => {
    const { client } = context();
    await assert.rejects(put(client, newKey(), policy.exists.UPDATE), withCode(2));
    const key = await putKey(client);
    await put(client, key, policy.exists.UPDATE);
    assert.deepEqual((await client.get(key)).bins, { a: 1, b: 2 });
  });

  it('REPLACE puts only what exists, and drops its bins', async () => {
    const { client } = context();
    await assert.rejects(put(client, newKey(), policy.exists.REPLACE), withCode(2));
    const key = await putKey(client);
    await put(client, key, policy.exists.REPLACE);
    assert.deepEqual((await client.get(key)).bins, { b: 2 });
  });

  it('CREATE_OR_REPLACE puts always, and drops the bins there were', async () => {
    const { client } = context();
    await put(client, newKey(), policy.exists.CREATE_OR_REPLACE);
    const key = await putKey(client);
    await put(client, key, policy.exists.CREATE_OR_REPLACE);
    assert.deepEqual((await client.get(key)).bins, { b: 2 });
  });

  it('REPLACE has no use for a bin without a value', async () => {
    const { client } = context();
    const key = await putKey(client);
    const replace = new WritePolicy({ exists: policy.exists.REPLACE });
    await assert.rejects(client.put(key, { a: null, b: 2 }, {}, replace), withCode(4));
    assert.deepEqual((await client.get(key)).bins, { a: 1 });
  });

  it('a generation that must be equal is compared', async () => {
    const { client } = context();
    const key = await putKey(client);
    const equal = new WritePolicy({ gen: policy.gen.EQ });
    await assert.rejects(client.put(key, { a: 2 }, { gen: 9 }, equal), withCode(3));
    await client.put(key, { a: 2 }, { gen: 1 }, equal);
    assert.equal((await client.get(key)).gen, 2);
  });

  it('a generation that must be greater is compared', async () => {
    const { client } = context();
    const key = await putKey(client);
    const greater = new WritePolicy({ gen: policy.gen.GT });
    await assert.rejects(client.put(key, { a: 2 }, { gen: 1 }, greater), withCode(3));
    await client.put(key, { a: 2 }, { gen: 2 }, greater);
  });

  it('a record is removed only in the generation that is expected', async () => {
    const { client } = context();
    const key = await putKey(client);
    const remove = (generation: number): Promise<Key> =>
      client.remove(key, new RemovePolicy({ gen: policy.gen.EQ, generation }));
    await assert.rejects(remove(2), withCode(3));
    await remove(1);
    assert.equal(await client.exists(key), false);
  });

  it('durable deletes are refused as by the Community Edition', async () => {
    const { client } = context();
    const key = await putKey(client);
    const durable = new RemovePolicy({ durableDelete: true });
    await assert.rejects(client.remove(key, durable), withCode(25));
    assert.equal(await client.exists(key), true);
  });

  it('compressed requests are refused as by the Community Edition', async () => {
    const { client } = context();
    const compressed = new WritePolicy({ compress: true });
    await assert.rejects(
      client.put(newKey(), { a: 'x'.repeat(400) }, {}, compressed),
      withCode(25),
    );
  });

  it('a key that is sent is stored, and compared from then on', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1 }, {}, new WritePolicy({ key: policy.key.SEND }));
    const { bins } = await client.get(key, new Aerospike.ReadPolicy({ key: policy.key.SEND }));
    assert.deepEqual(bins, { a: 1 });
  });
});
