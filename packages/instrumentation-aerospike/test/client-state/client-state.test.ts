import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ClientState } from '../../src/client-state/client-state';
import type { ReadableClient } from '../../src/client-state/reading';
import { observed, RecordedClient } from './recorded-client';

function serverOf(client: ReadableClient): Record<string, string> {
  const { hosts } = client.config as RecordedClient['config'];
  return { 'db.system.name': 'aerospike', 'server.address': hosts };
}

/** The points of a metric, by the attributes that follow the server's. */
function pointsOf(state: ClientState, metric: string): Record<string, number> {
  const points = Object.entries(observed(state)).filter(([name]) => name.startsWith(`${metric} `));
  return Object.fromEntries(
    points.map(([name, value]) => [name.slice(metric.length + 1), value] as const),
  );
}

/** What is told of the changes of nodes before there is any. */
const NO_CHANGES = {
  'aerospike.client.node.changes a:3000 added': 0,
  'aerospike.client.node.changes a:3000 removed': 0,
  'aerospike.client.node.changes a:3000 disconnected': 0,
};

/** Counts of one pool that has opened as many connections. */
function opened(count: number): { asyncConnections: { opened: number }; syncConnections: object } {
  return { asyncConnections: { opened: count }, syncConnections: {} };
}

describe('the state of clients', () => {
  let state: ClientState;

  function connect(hosts?: string): RecordedClient {
    const client = new RecordedClient(hosts === undefined ? undefined : { hosts });
    state.add(client);
    return client;
  }

  beforeEach(() => {
    state = new ClientState(serverOf);
  });

  it('is what a client tells of its commands, its nodes and their connections', () => {
    connect().setNode('B1', '10.0.0.1:3000');
    assert.deepEqual(observed(state), {
      'db.client.connection.count a:3000 10.0.0.1:3000 idle': 27,
      'db.client.connection.count a:3000 10.0.0.1:3000 used': 3,
      'db.client.connection.max a:3000 10.0.0.1:3000': 100,
      'aerospike.client.command.count a:3000 in_flight': 3,
      'aerospike.client.command.count a:3000 queued': 2,
      'aerospike.client.node.count a:3000': 1,
      'aerospike.client.connection.opened a:3000 10.0.0.1:3000': 42,
      'aerospike.client.connection.closed a:3000 10.0.0.1:3000': 11,
      'aerospike.client.node.errors a:3000 10.0.0.1:3000 B1': 5,
      'aerospike.client.node.timeouts a:3000 10.0.0.1:3000 B1': 7,
      'aerospike.client.node.key_busy a:3000 10.0.0.1:3000 B1': 1,
      ...NO_CHANGES,
    });
  });

  it('gives a point the same attributes object at each collection', () => {
    connect().setNode('B1', '10.0.0.1:3000');
    const collections = [new Set<object>(), new Set<object>()];
    for (const objects of collections) {
      state.observe((_metric, _value, attributes) => objects.add(attributes));
    }
    assert.deepEqual([...(collections[0] ?? [])], [...(collections[1] ?? [])]);
    assert.ok([...(collections[0] ?? [])].every(each => collections[1]?.has(each)));
  });

  it('is the sum over the clients of one server', () => {
    for (const client of [connect(), connect()]) client.setNode('B1', '10.0.0.1:3000');
    const points = observed(state);
    assert.equal(points['db.client.connection.count a:3000 10.0.0.1:3000 used'], 6);
    assert.equal(points['db.client.connection.max a:3000 10.0.0.1:3000'], 200);
    assert.equal(points['aerospike.client.node.timeouts a:3000 10.0.0.1:3000 B1'], 14);
  });

  it('counts a node once, however many clients know it', () => {
    const [first, second] = [connect(), connect()];
    first.setNode('B1', '10.0.0.1:3000');
    second.setNode('B1', '10.0.0.1:3000');
    second.setNode('B2', '10.0.0.2:3000');
    assert.deepEqual(pointsOf(state, 'aerospike.client.node.count'), { 'a:3000': 2 });
  });

  it('has no node, but goes on, where a client has lost all', () => {
    const client = connect();
    client.setNode('B1', '10.0.0.1:3000');
    observed(state);
    client.nodes.clear();
    assert.deepEqual(pointsOf(state, 'aerospike.client.node.count'), { 'a:3000': 0 });
    assert.deepEqual(pointsOf(state, 'db.client.connection.count'), {});
  });

  it('has the commands of the event loop that all clients share once', () => {
    connect();
    connect();
    assert.deepEqual(pointsOf(state, 'aerospike.client.command.count'), {
      'a:3000 in_flight': 3,
      'a:3000 queued': 2,
    });
  });

  it('gives the commands to no server where clients of several share the event loop', () => {
    connect('a:3000');
    connect('b:3000');
    assert.deepEqual(pointsOf(state, 'aerospike.client.command.count'), {
      in_flight: 3,
      queued: 2,
    });
  });

  it('adds up the commands of two copies of the client, each of which has an event loop', () => {
    connect();
    class OtherCopy extends RecordedClient {
      override stats(): ReturnType<RecordedClient['stats']> {
        return super.stats();
      }
    }
    state.add(new OtherCopy());
    assert.equal(observed(state)['aerospike.client.command.count a:3000 in_flight'], 6);
  });

  it('has the configured maximum of connections', () => {
    const client = new RecordedClient({ hosts: 'a:3000', maxConnsPerNode: 7 });
    client.setNode('B1', '10.0.0.1:3000');
    state.add(client);
    assert.deepEqual(pointsOf(state, 'db.client.connection.max'), { 'a:3000 10.0.0.1:3000': 7 });
  });

  it('leaves out what the version of a client does not tell', () => {
    const client = connect();
    client.commands = undefined;
    client.nodes.set('B1', {
      address: '10.0.0.1:3000',
      stats: { name: 'B1', asyncConnections: { inPool: 2, inUse: 1 } },
    });
    assert.deepEqual(observed(state), {
      'db.client.connection.count a:3000 10.0.0.1:3000 idle': 2,
      'db.client.connection.count a:3000 10.0.0.1:3000 used': 1,
      'db.client.connection.max a:3000 10.0.0.1:3000': 100,
      'aerospike.client.node.count a:3000': 1,
      ...NO_CHANGES,
    });
  });

  describe('counts', () => {
    const metric = 'aerospike.client.connection.opened';

    it('what a client counts on', () => {
      const client = connect();
      for (const count of [40, 55, 55]) {
        client.setNode('B1', '10.0.0.1:3000', opened(count));
        assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': count });
      }
    });

    it('on from where a node was that has left and comes back', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000', opened(40));
      observed(state);
      client.nodes.clear();
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 40 });
      client.setNode('B1', '10.0.0.1:3000', opened(60));
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 100 });
    });

    it('on where a node has left and come back unseen', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000', opened(40));
      observed(state);
      client.setNode('B1', '10.0.0.1:3000', opened(3));
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 43 });
    });

    it('a node with another name in the pool of the address that they had in common', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000', opened(40));
      observed(state);
      client.nodes.clear();
      client.setNode('B2', '10.0.0.1:3000', opened(2));
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 42 });
      assert.deepEqual(pointsOf(state, 'aerospike.client.node.errors'), {
        'a:3000 10.0.0.1:3000 B1': 5,
        'a:3000 10.0.0.1:3000 B2': 5,
      });
    });

    it('beyond what fits into a signed number of 32 bits', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000', opened(2 ** 31 - 1));
      observed(state);
      client.setNode('B1', '10.0.0.1:3000', opened((2 ** 31 + 5) | 0));
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 2 ** 31 + 5 });
    });

    it('a node once of which a client tells before it tells of its address', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000', opened(40));
      client.tellsAddresses = false;
      assert.deepEqual(pointsOf(state, metric), {});
      client.tellsAddresses = true;
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 40 });
      client.tellsAddresses = false;
      client.setNode('B1', '10.0.0.1:3000', opened(50));
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 50 });
    });

    it('what has come to be until a client is closed', () => {
      const client = connect();
      observed(state);
      client.setNode('B1', '10.0.0.1:3000', opened(40));
      state.beforeClose(client);
      client.connected = false;
      state.afterClose(client);
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 40 });
    });

    it('a client that becomes known when it is closed', () => {
      const client = new RecordedClient();
      client.setNode('B1', '10.0.0.1:3000', opened(40));
      state.beforeClose(client);
      client.connected = false;
      state.afterClose(client);
      assert.deepEqual(pointsOf(state, metric), { 'a:3000 10.0.0.1:3000': 40 });
    });

    it('nodes without end under a bounded number of attribute sets', () => {
      const client = connect();
      const nodes = 2100;
      for (let node = 0; node < nodes; node++) {
        client.nodes.clear();
        client.setNode(`B${node}`, `10.0.0.${node}:3000`, opened(1));
        state.nodesChanged(client, 'nodeAdded', `B${node}`);
      }
      const points = pointsOf(state, metric);
      assert.equal(Object.keys(points).length, 2001);
      assert.equal(points.true, nodes - 2000);
    });
  });

  describe('of a client that is closed', () => {
    it('leaves the gauges', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000');
      observed(state);
      client.connected = false;
      assert.deepEqual(Object.keys(observed(state)), [
        ...Object.keys(NO_CHANGES),
        'aerospike.client.connection.opened a:3000 10.0.0.1:3000',
        'aerospike.client.connection.closed a:3000 10.0.0.1:3000',
        'aerospike.client.node.errors a:3000 10.0.0.1:3000 B1',
        'aerospike.client.node.timeouts a:3000 10.0.0.1:3000 B1',
        'aerospike.client.node.key_busy a:3000 10.0.0.1:3000 B1',
      ]);
    });

    it('is not read any more', () => {
      const client = connect();
      state.beforeClose(client);
      client.connected = false;
      state.afterClose(client);
      const { reads } = client;
      client.connected = true;
      observed(state);
      assert.equal(client.reads, reads);
    });

    it('stays where close() has not closed it', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000');
      state.beforeClose(client);
      state.afterClose(client);
      assert.deepEqual(pointsOf(state, 'aerospike.client.node.count'), { 'a:3000': 1 });
    });
  });

  it('is nothing of a client that has never been connected', () => {
    connect().connected = false;
    assert.deepEqual(observed(state), {});
  });

  it('is that of the other clients where one cannot be read', () => {
    const [broken, sound] = [connect(), connect()];
    broken.setNode('B2', '10.0.0.2:3000');
    observed(state);
    broken.stats = () => {
      throw new Error('broken');
    };
    sound.setNode('B1', '10.0.0.1:3000');
    assert.deepEqual(pointsOf(state, 'aerospike.client.node.count'), { 'a:3000': 1 });
  });

  describe('changes of nodes', () => {
    const metric = 'aerospike.client.node.changes';

    it('are what a client tells of after it has connected', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000');
      state.nodesChanged(client, 'nodeAdded', 'B1');
      client.setNode('B2', '10.0.0.2:3000');
      state.nodesChanged(client, 'nodeAdded', 'B2');
      client.nodes.clear();
      state.nodesChanged(client, 'nodeRemoved', 'B1');
      state.nodesChanged(client, 'nodeRemoved', 'B2');
      state.nodesChanged(client, 'disconnected', '');
      client.setNode('B1', '10.0.0.1:3000');
      state.nodesChanged(client, 'nodeAdded', 'B1');
      assert.deepEqual(pointsOf(state, metric), {
        'a:3000 added': 2,
        'a:3000 removed': 2,
        'a:3000 disconnected': 1,
      });
    });

    it('are not those that a client tells of before it is connected', () => {
      const client = connect();
      client.connected = false;
      state.nodesChanged(client, 'nodeAdded', 'B1');
      assert.deepEqual(pointsOf(state, metric), {});
    });

    it('have the client read, so that a node which comes back counts on', () => {
      const client = connect();
      client.setNode('B1', '10.0.0.1:3000', opened(40));
      observed(state);
      client.nodes.clear();
      state.nodesChanged(client, 'nodeRemoved', 'B1');
      client.setNode('B1', '10.0.0.1:3000', opened(50));
      assert.deepEqual(pointsOf(state, 'aerospike.client.connection.opened'), {
        'a:3000 10.0.0.1:3000': 90,
      });
    });
  });

  describe('of a client that the application drops', () => {
    let collectGarbage: () => void;

    before(() => {
      setFlagsFromString('--expose-gc');
      collectGarbage = runInNewContext('gc') as () => void;
    });

    /** Until the garbage collector has taken it. */
    async function isTaken(client: WeakRef<RecordedClient>): Promise<void> {
      while (client.deref() !== undefined) {
        await new Promise(setImmediate);
        collectGarbage();
      }
    }

    it('is kept where it was connected: its connections are still open', async () => {
      const dropped = (() => {
        const client = connect();
        client.setNode('B1', '10.0.0.1:3000');
        return new WeakRef(client);
      })();
      const points = observed(state);
      await isTaken(dropped);
      const commands = 'aerospike.client.command.count a:3000';
      assert.deepEqual(
        { ...observed(state), [`${commands} in_flight`]: 3, [`${commands} queued`]: 2 },
        points,
      );
    });
  });
});
