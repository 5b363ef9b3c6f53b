import assert from 'node:assert/strict';
import { once } from 'node:events';
import Aerospike, { type Client } from 'aerospike';
import { AerospikeMemoryServer } from '../../src';
import { nodeEvent, nodeNames, runningCluster, untilNodes } from '../support/cluster';
import { fill, numbersOf } from '../support/numbers';
import { codeOf, untilCode } from '../support/running-server';

const COUNT = 60;
const ALL = Array.from({ length: COUNT }, (_, n) => n);
const KEYS = ALL.map(n => new Aerospike.Key('test', 's', `key-${n}`));
const KEYS_TO_READ = KEYS.map(key => ({ key, readAllBins: true }));
/** In these tests nothing is noticed by itself. */
const NEVER_MS = 1_000_000;
/** More errors than there will be. */
const NO_BREAKER = 1_000_000;

/** So that a command for a node that is paused is over before long. */
const timeouts = { totalTimeout: 200, socketTimeout: 200, maxRetries: 0 };
const SHORT = policiesOf(timeouts);
/** For where nothing is paused: how fast the machine is does not matter. */
const PATIENT_ONCE = policiesOf({ totalTimeout: 0, socketTimeout: 0, maxRetries: 0 });

function policiesOf(options: typeof timeouts) {
  return {
    read: new Aerospike.ReadPolicy(options),
    batch: new Aerospike.BatchPolicy(options),
    scan: new Aerospike.ScanPolicy(options),
  };
}

/** A client waits for a node that is paused, also between other nodes. */
const config = { maxErrorRate: NO_BREAKER, connTimeoutMs: 1000 };

function codesOf(client: Client, { read } = PATIENT_ONCE): Promise<number[]> {
  return Promise.all(KEYS.map(key => codeOf(client.get(key, read))));
}

/** Resolves when the client has found its way to all records again. */
async function recovered(client: Client): Promise<void> {
  await untilCode(0, async () => {
    const rows = await client.batchRead(KEYS_TO_READ, SHORT.batch);
    const failed = rows.find(({ status }) => status !== 0);
    if (failed) throw Object.assign(new Error('a row'), { code: failed.status });
  });
  await untilCode(0, async () => {
    assert.deepEqual(numbersOf(await client.scan('test', 's').results(SHORT.scan)), ALL);
  });
}

describe('a node that others have not missed yet', () => {
  const context = runningCluster({ regroupMs: NEVER_MS }, config);

  beforeEach(async () => {
    await fill(context().client, 's', COUNT);
  });

  it('fails what is its own when it was killed, with -6 and -10, and nothing else', async () => {
    const { client, nodes } = context();
    await nodes[1].kill();
    const codes = await codesOf(client);
    const failed = codes.filter(code => code !== 0);
    assert.deepEqual(new Set(failed), new Set([-6]));
    assert.ok(failed.length < COUNT);
    const { batch, scan } = PATIENT_ONCE;
    assert.equal(await codeOf(client.batchRead(KEYS_TO_READ, batch)), -6);
    assert.equal(await codeOf(client.scan('test', 's').results(scan)), -6);
    assert.equal(await codeOf(client.infoAll('build')), -10);
    assert.deepEqual(nodeNames(client), ['A1', 'B1', 'C1']);
  });

  it('lets what is its own time out when it was paused, and answers that when it is resumed', async () => {
    const { client, nodes } = context();
    await nodes[1].pause();
    const codes = await codesOf(client, SHORT);
    assert.deepEqual(new Set(codes), new Set([0, 9]));
    const waiting = codesOf(client);
    await nodes[1].resume();
    assert.deepEqual(new Set(await waiting), new Set([0]));
    await recovered(client);
  });

  it('has its partitions unavailable at first when it was restarted', async () => {
    const { client, nodes } = context();
    await nodes[1].restart();
    const codes = new Set<number>();
    while (!codes.has(11)) for (const code of await codesOf(client)) codes.add(code);
    assert.ok(codes.has(0));
  });
});

describe('a node that others miss', () => {
  const context = runningCluster({}, config);

  beforeEach(async () => {
    await fill(context().client, 's', COUNT);
  });

  it('leaves the client when it was killed, and others have its records', async () => {
    const { client, nodes } = context();
    const removed = nodeEvent(client, 'nodeRemoved');
    await nodes[1].kill();
    assert.equal(await removed, 'B1');
    await untilNodes(client, ['A1', 'C1']);
    assert.equal(client.stats().nodes.length, 2);
    await recovered(client);
  });

  it('comes back to the client when it was restarted', async () => {
    const { client, nodes } = context();
    const removed = nodeEvent(client, 'nodeRemoved');
    await nodes[1].kill();
    await removed;
    const added = nodeEvent(client, 'nodeAdded');
    await nodes[1].restart();
    assert.equal(await added, 'B1');
    await untilNodes(client, ['A1', 'B1', 'C1']);
    await recovered(client);
  });

  it('leaves the client while it is paused, and comes back when it is resumed', async () => {
    const { client, nodes } = context();
    const removed = nodeEvent(client, 'nodeRemoved');
    await nodes[2].pause();
    assert.equal(await removed, 'C1');
    await recovered(client);
    const added = nodeEvent(client, 'nodeAdded');
    await nodes[2].resume();
    assert.equal(await added, 'C1');
    await recovered(client);
  });

  it('is not brought back by being resumed when it was killed', async () => {
    const { client, nodes } = context();
    await nodes[1].kill();
    await nodes[1].pause();
    await nodes[1].resume();
    await untilNodes(client, ['A1', 'C1']);
    await recovered(client);
  });

  it('may be the only seed that a client has been given', async () => {
    const { nodes } = context();
    const client = await Aerospike.connect({ ...config, hosts: nodes[0].hosts });
    try {
      await nodes[0].kill();
      await untilNodes(client, ['B1', 'C1']);
      await recovered(client);
    } finally {
      client.close();
    }
  });

  it('may be the last: the client is disconnected, and finds back to those that are restarted', async () => {
    const { client, nodes } = context();
    const gone = once(client, 'disconnected');
    for (const node of nodes) await node.kill();
    await gone;
    assert.equal(await codeOf(client.get(new Aerospike.Key('test', 's', 'key-1'))), -8);
    await untilNodes(client, []);
    for (const node of nodes) await node.restart();
    await recovered(client);
    await untilNodes(client, ['A1', 'B1', 'C1']);
  });

  it('ends with the server, and comes back with it', async () => {
    const { client, server } = context();
    await server.kill();
    assert.notEqual(await codeOf(client.get(new Aerospike.Key('test', 's', 'key-1'))), 0);
    await server.restart();
    await recovered(client);
  });
});

describe('a node that is added', () => {
  const context = runningCluster({}, config);

  it('is found by the client, and has a share of the partitions', async () => {
    const { client, server } = context();
    await fill(client, 's', COUNT);
    const added = nodeEvent(client, 'nodeAdded');
    const node = await server.addNode();
    assert.equal(await added, 'D1');
    assert.deepEqual(
      server.nodes.map(({ name }) => name),
      ['A1', 'B1', 'C1', 'D1'],
    );
    await recovered(client);
    await server.inject({ match: { node: node.name }, resultCode: 14 });
    const struck = (await codesOf(client)).filter(code => code === 14);
    assert.ok(struck.length > 0);
    assert.ok(struck.length < COUNT);
  });

  it('makes a cluster of a server that was one node', async () => {
    await using server = await AerospikeMemoryServer.create({ regroupMs: 0 });
    const client = await Aerospike.connect({ ...config, hosts: server.hosts });
    try {
      await server.addNode();
      await untilNodes(client, ['A1', 'B1']);
    } finally {
      client.close();
    }
  });
});
