import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { running, withCode } from '../support/running-server';

const { filter, indexDataType, indexType } = Aerospike;

describe('secondary indexes', () => {
  const context = running();

  it('are complete as soon as they are created', async () => {
    const { client } = context();
    await client.put(new Aerospike.Key('test', 'i', 1), { a: [1, 2, 'x'] });
    await client.put(new Aerospike.Key('test', 'j', 1), { a: [1] });
    const options = { ns: 'test', set: 'i', bin: 'a', index: 'complete' };
    const job = await client.createIndex({
      ...options,
      datatype: indexDataType.NUMERIC,
      type: indexType.LIST,
    });
    await job.wait(1);
    assert.match(await client.infoAny('sindex/test/complete'), /\tentries=2;load_pct=100;/);
  });

  it('are listed', async () => {
    const { client } = context();
    await client.createStringIndex({ ns: 'test', set: 'l', bin: 'b', index: 'listed' });
    assert.match(
      await client.infoAny('sindex-list:namespace=test'),
      /ns=test:indexname=listed:set=l:bin=b:type=string:indextype=default:/,
    );
  });

  it('can be removed', async () => {
    const { client } = context();
    await client.createIntegerIndex({ ns: 'test', set: 's', bin: 'r', index: 'removed' });
    const query = client.query('test', 's');
    query.where(filter.equal('r', 1));
    assert.deepEqual(await query.results(), []);
    await client.indexRemove('test', 'removed');
    await assert.rejects(query.results(), withCode(201));
    await assert.rejects(client.infoAny('sindex/test/removed'), withCode(201));
  });

  it('may be created or removed in vain', async () => {
    const { client } = context();
    const options = { ns: 'test', set: 's', bin: 'v', index: 'vain' };
    await client.createIntegerIndex(options);
    await client.createIntegerIndex(options);
    await client.createIntegerIndex({ ...options, ns: 'nowhere' });
    await client.indexRemove('test', 'never-created');
  });

  it('that differ have different names', async () => {
    const { client } = context();
    const options = { ns: 'test', set: 's', bin: 'd', index: 'taken' };
    await client.createIntegerIndex(options);
    await assert.rejects(client.createStringIndex(options), withCode(200));
  });

  it('on places and in nested values are refused', async () => {
    const { client } = context();
    const options = { ns: 'test', set: 's', bin: 'g', index: 'refused' };
    await assert.rejects(client.createGeo2DSphereIndex(options), withCode(16));
    const nested = { ...options, context: new Aerospike.cdt.Context().addListIndex(0) };
    await assert.rejects(client.createIntegerIndex(nested), withCode(16));
  });
});
