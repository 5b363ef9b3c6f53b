import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from '../../src';
import { newKey, running, withCode } from '../support/running-server';

describe('errors', () => {
  const context = running({ maxRecordSize: 1000, clusterName: 'mine' });

  it('a missing record is one', async () => {
    const { client } = context();
    await assert.rejects(client.get(newKey()), withCode(2));
    await assert.rejects(client.select(newKey(), ['a']), withCode(2));
    await assert.rejects(client.remove(newKey()), withCode(2));
  });

  it('a record without bins is one', async () => {
    const { client } = context();
    await assert.rejects(client.put(newKey(), {}), withCode(4));
  });

  it('a record that is too big is one, and what was there stays', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 'x'.repeat(900) });
    await assert.rejects(client.put(key, { b: 'x'.repeat(100) }), withCode(13));
    assert.deepEqual((await client.get(key)).bins, { a: 'x'.repeat(900) });
  });

  it('an operation on a bin of another type is one', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { i: 1, d: 1.5, s: 'x' });
    await assert.rejects(client.incr(key, { s: 1 }), withCode(12));
    await assert.rejects(client.incr(key, { d: 1 }), withCode(12));
    await assert.rejects(client.append(key, { i: 'x' }), withCode(12));
    await assert.rejects(client.prepend(key, { s: Buffer.from('x') }), withCode(12));
  });

  it('an unknown namespace is one', async () => {
    const { client } = context();
    await assert.rejects(client.get(newKey('set', 'nowhere')), withCode(20));
  });

  // Client 5.13.2 has no transactions.
  if ('Transaction' in Aerospike) {
    it('a transaction is one, as with the Community Edition', async () => {
      const { client } = context();
      const txn = new Aerospike.Transaction();
      await assert.rejects(
        client.put(newKey(), { a: 1 }, {}, new Aerospike.WritePolicy({ txn })),
        withCode(25),
      );
    });
  }

  it('logging in is one, as with the Community Edition', async () => {
    const { server } = context();
    const config = { hosts: server.hosts, user: 'me', password: 'secret' };
    await assert.rejects(Aerospike.connect(config), withCode(51));
  });

  it('a wrong cluster name is one, the right one is not', async () => {
    const { server } = context();
    const config = { hosts: server.hosts };
    await assert.rejects(Aerospike.connect({ ...config, clusterName: 'yours' }), withCode(-1));
    const client = await Aerospike.connect({ ...config, clusterName: 'mine' });
    client.close();
  });

  it('a server that has stopped is one', async () => {
    const server = await AerospikeMemoryServer.create();
    const { hosts } = server;
    await server.stop();
    await assert.rejects(Aerospike.connect({ hosts }), withCode(-10));
  });
});

describe('info', () => {
  const context = running({ namespaces: ['test', 'bar'] });

  it('tells the build, the edition and the namespaces', async () => {
    const { client } = context();
    const answer = await client.infoAny('build\nedition\nnamespaces');
    assert.equal(
      answer,
      'build\t8.1.2.0\nedition\tAerospike Community Edition\nnamespaces\ttest;bar\n',
    );
  });

  it('counts the records', async () => {
    const { client } = context();
    for (let i = 0; i < 3; i++) await client.put(newKey(), { a: 1 });
    assert.match(await client.infoAny('statistics'), /;objects=3\n$/);
  });

  it('refuses a command that only the real server has', async () => {
    const { client } = context();
    for (const command of ['sets/test', 'namespace/test', 'get-config:context=service', 'racks:']) {
      await assert.rejects(client.infoAny(command), withCode(16));
    }
  });

  it('refuses a command that nobody knows', async () => {
    const { client } = context();
    await assert.rejects(client.infoAny('no-such-command'), withCode(4));
    await assert.rejects(client.infoAny('constructor'), withCode(4));
  });
});
