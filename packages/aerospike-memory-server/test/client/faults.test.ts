import assert from 'node:assert/strict';
import Aerospike, { type Client } from 'aerospike';
import { codeOf, newKey, running, untilCode, withCode } from '../support/running-server';

const { BatchPolicy, QueryPolicy, ReadPolicy, ScanPolicy, WritePolicy } = Aerospike;
const { batchType: BT, operations: op } = Aerospike;

/** Every dropped connection is an error that counts for the circuit breaker; here it is to stay out of the way. */
const NO_BREAKER = 1_000_000;

const SHORT = { totalTimeout: 100 };
const ONCE = { maxRetries: 0, totalTimeout: 10_000 };

type Limits = typeof SHORT | typeof ONCE;

/** Commands of all kinds, by the names that faults match them by. */
const COMMANDS = {
  read: (client: Client, limits: Limits) => client.get(newKey(), new ReadPolicy(limits)),
  write: (client: Client, limits: Limits) =>
    client.put(newKey(), { a: 1 }, {}, new WritePolicy(limits)),
  remove: (client: Client, limits: Limits) =>
    client.remove(newKey(), new Aerospike.RemovePolicy(limits)),
  batch: (client: Client, limits: Limits) =>
    client.batchWrite(
      [newKey(), newKey()].map(key => ({ type: BT.BATCH_WRITE, key, ops: [op.write('a', 1)] })),
      new BatchPolicy(limits),
    ),
  query: (client: Client, limits: Limits) =>
    client.query('test', 'set').results(new QueryPolicy(limits)),
  'background query': (client: Client, limits: Limits) =>
    client.query('test', 'set').operate([op.write('a', 1)], new WritePolicy(limits)),
} as const;

const KINDS = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];

describe('faults', () => {
  const context = running({}, { maxErrorRate: NO_BREAKER });

  afterEach(async () => {
    await context().server.reset();
  });

  for (const command of KINDS) {
    for (const resultCode of [8, 11, 14, 16, 18, 22]) {
      it(`answer a ${command} with code ${resultCode}`, async () => {
        const { server, client } = context();
        await server.inject({ match: { command }, resultCode });
        await assert.rejects(COMMANDS[command](client, ONCE), withCode(resultCode));
      });
    }

    it(`let a ${command} time out`, async () => {
      const { server, client } = context();
      await server.inject({ match: { command }, stall: true });
      await assert.rejects(COMMANDS[command](client, SHORT), withCode(9));
    });

    for (const drop of [true, 'half'] as const) {
      it(`drop the connection of a ${command}: ${drop}`, async () => {
        const { server, client } = context();
        await server.inject({ match: { command }, drop });
        const code = await codeOf(COMMANDS[command](client, ONCE));
        // Those that the client runs in its thread pool have another code.
        assert.equal(code, command === 'background query' ? -10 : -6);
      });
    }
  }

  it('let a scan time out', async () => {
    const { server, client } = context();
    await server.inject({ match: { command: 'query' }, stall: true });
    await assert.rejects(client.scan('test').results(new ScanPolicy(SHORT)), withCode(9));
  });

  it('time out no earlier than the total timeout', async () => {
    const { server, client } = context();
    await server.inject({ stall: true });
    const start = performance.now();
    await assert.rejects(client.get(newKey(), new ReadPolicy(SHORT)), withCode(9));
    assert.ok(performance.now() - start > 90);
  });

  it('answer late', async () => {
    const { server, client } = context();
    await server.inject({ latencyMs: 100, times: 1 });
    const start = performance.now();
    await client.put(newKey(), { a: 1 });
    assert.ok(performance.now() - start > 90);
  });

  it('strike the next commands only', async () => {
    const { server, client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.inject({ match: { command: 'read', set: 'set' }, times: 3, resultCode: 14 });
    const read = () => codeOf(client.get(key, new ReadPolicy({ maxRetries: 0 })));
    const codes = [await read(), await read()];
    assert.equal(await codeOf(client.get(newKey('other'))), 2);
    codes.push(await read(), await read(), await read());
    assert.deepEqual(codes, [14, 14, 14, 0, 0]);
  });

  it('are over after a reset', async () => {
    const { server, client } = context();
    const key = newKey();
    await server.inject({ resultCode: 18 });
    await assert.rejects(client.put(key, { a: 1 }), withCode(18));
    await server.reset();
    assert.equal(await client.exists(key), false);
    await client.put(key, { a: 1 });
  });

  it('are got over by retries', async () => {
    const { server, client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await server.inject({ drop: true, times: 2 });
    assert.deepEqual((await client.get(key, new ReadPolicy({ maxRetries: 2 }))).bins, { a: 1 });
    await server.inject({ drop: true, times: 2 });
    const once = new ReadPolicy({ maxRetries: 1 });
    await assert.rejects(client.get(key, once), withCode(-6));
  });

  it('leave the client in doubt whether a write was done', async () => {
    const { server, client } = context();
    const [done, notDone] = [newKey(), newKey()];
    await server.inject({ drop: 'half', times: 1 });
    await assert.rejects(client.put(done, { a: 1 }), { code: -6, inDoubt: true });
    await server.inject({ drop: true, times: 1 });
    await assert.rejects(client.put(notDone, { a: 1 }), { code: -6, inDoubt: true });
    assert.equal(await client.exists(done), true);
    assert.equal(await client.exists(notDone), false);
  });

  it('strike info commands when told to, and only those that they name', async () => {
    const { server, client } = context();
    const match = { command: 'info', info: 'sindex-create' } as const;
    await server.inject({ match, resultCode: 4 });
    const options = { ns: 'test', set: 's', bin: 'b', index: 'never' };
    await assert.rejects(client.createIntegerIndex(options), withCode(4));
    assert.equal(await client.infoAny('edition'), 'edition\tAerospike Community Edition\n');
    await server.inject({ match: { command: 'info', info: 'edition' }, drop: true });
    await assert.rejects(client.infoAny('edition'), withCode(-10));
  });
});

describe('the limits of a client', () => {
  const context = running({}, { maxConnsPerNode: 2, maxErrorRate: 3, tenderInterval: 250 });
  const policy = new ReadPolicy({ maxRetries: 0, totalTimeout: 10_000 });

  it('are reached when all connections wait for answers', async () => {
    const { server, client } = context();
    await server.inject({ stall: true });
    const waiting = [client.get(newKey(), policy), client.get(newKey(), policy)].map(codeOf);
    await assert.rejects(client.get(newKey(), policy), withCode(-7));
    await server.reset();
    // Cut by the reset, or sent after it.
    for (const code of await Promise.all(waiting)) assert.ok([-6, 2].includes(code), String(code));
    await untilCode(2, () => client.get(newKey(), policy));
  });

  it('break the circuit after many errors, until there are fewer', async () => {
    const { server, client } = context();
    const key = newKey();
    await server.inject({ match: { command: 'read' }, drop: true });
    const codes = await untilCode(-14, () => client.get(key, policy));
    assert.ok(codes.includes(-6));
    await assert.rejects(client.put(key, { a: 1 }), withCode(-14));
    await server.reset();
    await untilCode(0, () => client.put(key, { a: 1 }));
  });
});
