import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { codeOf, newKey, running, untilCode, withCode } from '../support/running-server';

const { ReadPolicy, WritePolicy } = Aerospike;

const COMMANDS = 200;
/** More errors than there will be. */
const NO_BREAKER = 1_000_000;

/** The client's shortest, so that it hears early of what happens to the server. */
const TEND_INTERVAL_MS = 250;

describe('a paused server', () => {
  const context = running();

  it('lets commands time out, and answers those that still wait when it is resumed', async () => {
    const { server, client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.pause();
    const patient = { totalTimeout: 0, socketTimeout: 0 };
    const waiting = client.get(key, new ReadPolicy(patient));
    const short = new WritePolicy({ totalTimeout: 100 });
    await assert.rejects(client.put(key, { a: 2 }, {}, short), { code: 9, inDoubt: true });
    await server.resume();
    await waiting;
    // It had arrived, so it is done, although nobody waits for it any more.
    const isDone = async () => {
      assert.deepEqual((await client.get(key)).bins, { a: 2 });
    };
    await untilCode(0, isDone);
  });

  it('accepts connections, but nobody can connect', async () => {
    const { server } = context();
    await server.pause();
    const connecting = Aerospike.connect({ hosts: server.hosts, connTimeoutMs: 100 });
    await assert.rejects(connecting, withCode(9));
    await server.resume();
    const client = await Aerospike.connect({ hosts: server.hosts });
    client.close();
  });
});

describe('a killed server', () => {
  const context = running(
    {},
    { maxConnsPerNode: COMMANDS, maxErrorRate: NO_BREAKER, tenderInterval: TEND_INTERVAL_MS },
  );

  afterEach(async () => {
    const { server, client } = context();
    await server.reset();
    await server.restart();
    await untilCode(0, () => client.exists(newKey()));
  });

  it('has all commands fail that are in flight', async () => {
    const { server, client } = context();
    await server.inject({ stall: true });
    const policy = { maxRetries: 0, totalTimeout: 0, socketTimeout: 0 };
    const read = new ReadPolicy(policy);
    const write = new WritePolicy(policy);
    const inFlight = Array.from({ length: COMMANDS }, (_, i) =>
      codeOf(i % 2 ? client.get(newKey(), read) : client.put(newKey(), { a: 1 }, {}, write)),
    );
    await server.kill();
    assert.deepEqual(new Set(await Promise.all(inFlight)), new Set([-6]));
  });

  it('fails every command, with other codes once the client has given it up', async () => {
    const { server, client } = context();
    await server.kill();
    assert.equal(await codeOf(client.get(newKey())), -6);
    const codes = new Set(await untilCode(-8, () => client.get(newKey())));
    assert.deepEqual(codes, new Set([-6, -8]));
    assert.equal(await codeOf(client.batchRead([{ key: newKey() }, { key: newKey() }])), 1);
    await assert.rejects(Aerospike.connect({ hosts: server.hosts }), withCode(-10));
  });

  it('has its records again after a restart, and the client finds back by itself', async () => {
    const { server, client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.kill();
    await untilCode(-8, () => client.get(key));
    await server.restart();
    await untilCode(0, () => client.get(key));
    assert.deepEqual((await client.get(key)).bins, { a: 1 });
  });

  it('may have partitions that are unavailable at first', async () => {
    const { server, client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.kill();
    await server.inject({ resultCode: 11, times: 5 });
    await server.restart();
    const codes = await untilCode(0, () => client.get(key));
    assert.ok(codes.includes(11));
  });

  it('has lost its records when it was told so', async () => {
    const { server, client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.restart({ keepRecords: false });
    await untilCode(2, () => client.get(key));
  });
});
