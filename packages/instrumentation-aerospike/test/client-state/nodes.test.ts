import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PATIENT } from '@test/support';
import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { AerospikeMetricProducer } from '../../src/sdk';
import { AerospikeInstrumentation } from '../../src';

describe('the state of a client of three nodes', function () {
  // The client notices after about five seconds that a node has gone.
  this.timeout(60_000);
  let server: AerospikeMemoryServer;
  let producer: AerospikeMetricProducer;
  let instrumentation: AerospikeInstrumentation;
  let client: Aerospike.Client;

  beforeEach(async () => {
    server = await AerospikeMemoryServer.create({ port: 0, nodes: 3 });
    producer = new AerospikeMetricProducer();
    instrumentation = new AerospikeInstrumentation({ metricProducer: producer });
    client = await Aerospike.connect({ ...PATIENT, hosts: server.hosts });
  });

  afterEach(async () => {
    client.close();
    instrumentation.disable();
    await server.stop();
  });

  /** The points of a metric: its value by the attribute that tells them apart. */
  function pointsOf(metric: string, attribute: string): Record<string, number> {
    const found = [...producer.storage.numbers()].find(([{ name }]) => name === metric);
    const points = Array.from(found?.[1] ?? [], ({ attributes, value }) => [
      String(attributes[attribute]),
      value,
    ]);
    return Object.fromEntries(points) as Record<string, number>;
  }

  const nodeCount = () => pointsOf('aerospike.client.node.count', 'db.system.name').aerospike;
  const changes = () => pointsOf('aerospike.client.node.changes', 'aerospike.client.node.event');
  const closed = () =>
    pointsOf('aerospike.client.connection.closed', 'db.client.connection.pool.name');

  /** Writes so many records, which spread over the nodes. */
  async function write(count: number): Promise<void> {
    const keys = Array.from({ length: count }, (_, key) => new Aerospike.Key('test', 'nodes', key));
    await Promise.allSettled(keys.map(key => client.put(key, { n: 1 })));
  }

  it('has the connections of each node', async () => {
    await write(30);
    const opened = pointsOf('aerospike.client.connection.opened', 'db.client.connection.pool.name');
    const addresses = client.getNodes().map(({ address }) => address);
    assert.equal(addresses.length, 3);
    assert.deepEqual(Object.keys(opened).sort(), addresses.sort());
    assert.ok(Object.values(opened).every(count => count > 0));
    assert.equal(nodeCount(), 3);
  });

  it('does not take the nodes that a client finds as it connects for changes', async () => {
    await write(1);
    await new Promise(setImmediate);
    assert.deepEqual(changes(), { added: 0, removed: 0, disconnected: 0 });
  });

  it('tells which node has gone and come back, and goes on counting', async () => {
    await write(30);
    const [gone = assert.fail()] = client
      .getNodes()
      .filter(({ address }) => !server.hosts.startsWith(address));
    const index = server.nodes.findIndex(({ name }) => name === gone.name);
    const node = server.nodes[index] ?? assert.fail();
    const removed = once(client, 'nodeRemoved');
    await node.kill();
    await write(30);
    const before = closed();
    assert.ok((before[gone.address] ?? 0) > 0);
    assert.ok(
      Object.entries(before).every(([pool, count]) => pool === gone.address || count === 0),
    );
    await removed;
    // The client tells of a node before it has gone from its nodes, or is among them.
    while (nodeCount() !== 2) await new Promise(setImmediate);
    assert.deepEqual(changes(), { added: 0, removed: 1, disconnected: 0 });
    const added = once(client, 'nodeAdded');
    await node.restart();
    await added;
    while (nodeCount() !== 3) await new Promise(setImmediate);
    assert.deepEqual(changes(), { added: 1, removed: 1, disconnected: 0 });
    assert.ok((closed()[gone.address] ?? 0) >= (before[gone.address] ?? 0));
  });
});
