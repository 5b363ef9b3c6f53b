import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { running, withCode } from '../support/running-server';

const SECOND = 1e9;

describe('truncate', () => {
  const context = running({ namespaces: ['test', 'other'] });
  let sets = 0;
  let set: string;

  beforeEach(() => {
    set = `s${++sets}`;
  });

  async function put(key: string, inSet = set, namespace = 'test'): Promise<void> {
    await context().client.put(new Aerospike.Key(namespace, inSet, key), { key });
  }

  async function keysIn(inSet = set, namespace = 'test'): Promise<unknown[]> {
    const records = await context().client.scan(namespace, inSet).results();
    return records.map(({ bins }) => bins.key).sort();
  }

  it('removes the records of a set and of no other', async () => {
    const { client } = context();
    await put('a');
    await put('b', `${set}-other`);
    await put('c', set, 'other');
    await client.truncate('test', set, 0);
    assert.deepEqual(await keysIn(), []);
    assert.deepEqual(await keysIn(`${set}-other`), ['b']);
    assert.deepEqual(await keysIn(set, 'other'), ['c']);
  });

  it('leaves what was written after the given time', async () => {
    const { client, server } = context();
    await put('early');
    await server.advanceTime(1000);
    await put('late');
    await client.truncate('test', set, Date.now() * 1e6 + 500 * SECOND);
    assert.deepEqual(await keysIn(), ['late']);
    await client.truncate('test', set, 1 * SECOND);
    assert.deepEqual(await keysIn(), ['late']);
  });

  it('does not mind a namespace or a set that does not exist', async () => {
    const { client } = context();
    await client.truncate('nowhere', set, 0);
    await client.truncate('test', 'no such set', 0);
  });

  it('needs a set, and a time that has come', async () => {
    const { client } = context();
    await put('a');
    await assert.rejects(client.truncate('test', '', 0), withCode(4));
    await assert.rejects(client.truncate('test', set, 4e18), withCode(4));
    assert.deepEqual(await keysIn(), ['a']);
  });

  it('of a whole namespace is an info command', async () => {
    const { client } = context();
    await put('a', set, 'other');
    await put('b');
    assert.match(await client.infoAny('truncate-namespace:namespace=other'), /\tok/);
    assert.deepEqual(await keysIn(set, 'other'), []);
    assert.deepEqual(await keysIn(), ['b']);
  });
});
