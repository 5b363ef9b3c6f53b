import assert from 'node:assert/strict';
import Aerospike, { type IndexJob, type Query } from 'aerospike';
import { running, withCode } from '../support/running-server';

const { exp, filter, indexDataType, indexType } = Aerospike;

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

  it('can be asked for by their names', async () => {
    const { client } = context();
    await client.createStringIndex({ ns: 'test', set: 'l', bin: 'e', index: 'existing' });
    const exists = (name: string): Promise<string> =>
      client.infoAny(`sindex-exists:namespace=test;indexname=${name}`);
    assert.match(await exists('existing'), /\ttrue\n$/);
    assert.match(await exists('missing'), /\tfalse\n$/);
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

  /** Those of the client under test: the older one has none on expressions. */
  const CREATING = Object.getOwnPropertyNames(Aerospike.Client.prototype).filter(name =>
    /^create\w*Index$/.test(name),
  );

  for (const method of CREATING) {
    it(`are created and listed by ${method}`, async () => {
      const { client } = context();
      const options = {
        ns: 'test',
        set: method,
        index: method,
        datatype: indexDataType.STRING,
        ...(method.includes('Exp') ? { exp: exp.binStr('b') } : { bin: 'b' }),
      };
      const create = Reflect.get(client, method) as (given: object) => Promise<IndexJob>;
      const job = await create.call(client, options);
      await job.wait(1);
      const line = new RegExp(`ns=test:indexname=${method}:set=${method}:bin=(b|null):type=`);
      assert.match(await client.infoAny('sindex-list:namespace=test'), line);
      assert.match(await client.infoAny(`sindex/test/${method}`), /load_pct=100/);
      await client.indexRemove('test', method);
      assert.doesNotMatch(await client.infoAny('sindex-list:namespace=test'), line);
    });
  }

  it('on places and in nested values can be created, but not be asked', async () => {
    const { client } = context();
    const options = { ns: 'test', set: 'n', bin: 'g' };
    const first = new Aerospike.cdt.Context().addListIndex(0);
    await client.createGeo2DSphereIndex({ ...options, index: 'places' });
    await client.createIntegerIndex({ ...options, index: 'nested', context: first });
    const query = (predicate: Parameters<Query['where']>[0]) => {
      const found = client.query('test', 'n');
      found.where(predicate);
      return found.results();
    };
    await assert.rejects(query(filter.geoWithinRadius('g', 8, 47, 1000)), withCode(16));
    await assert.rejects(query(filter.range('g', 1, 2, undefined, first)), withCode(16));
    // That index is not one on the bin itself.
    await assert.rejects(query(filter.range('g', 1, 2)), withCode(201));
    assert.doesNotMatch(await client.infoAny('sindex/test/nested'), /entries/);
  });

  if ('createExpIndex' in Aerospike.Client.prototype) {
    it('on expressions can be created, but not be asked', async () => {
      const { client } = context();
      const set = 'e';
      const options = { ns: 'test', set, index: 'expression', exp: exp.binInt('b') };
      await client.createExpIntegerIndex(options);
      const byExpression = client.query('test', set);
      byExpression.whereWithExp(filter.range(null, 1, 2), exp.binInt('b'));
      await assert.rejects(byExpression.results(), withCode(16));
      const byName = client.query('test', set);
      byName.whereWithIndexName(filter.range(null, 1, 2), 'expression');
      await assert.rejects(byName.results(), withCode(16));
    });
  }
});
