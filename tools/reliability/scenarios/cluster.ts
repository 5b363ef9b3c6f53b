import * as Aerospike from 'aerospike';
import type { MemoryServerNode } from 'aerospike-memory-server';
import { ONCE, SET, SHORT, type Limits } from '../commands';
import type { Scenario, World } from '../scenario';

const NODES = 3;
const SECOND_NODE = 'B1';
/** As many that each node has some. */
const KEYS = Array.from({ length: 30 }, (_, n) => new Aerospike.Key('test', SET, `node-${n}`));
/** In these scenarios the other nodes notice nothing. */
const NEVER_MS = 1_000_000;
/** The client's shortest, and no circuit breaker. */
const FOLLOW_CLOSELY = { tenderInterval: 250, maxErrorRate: 1_000_000 };
const CONNECTIONS = 4;
/** What nothing else ends with: the node's disk is too slow. */
const STRUCK = 18;

/** Calls about one record each, all at once. */
function callEach(
  { calls, client }: World,
  keys: readonly Aerospike.Key[],
  limits: Limits,
): Promise<string>[] {
  return keys.flatMap(key => [
    calls.promise('put', () => client.put(key, { n: 1 }, {}, new Aerospike.WritePolicy(limits))),
    calls.callback('exists', done => {
      client.exists(key, new Aerospike.ReadPolicy(limits), done);
    }),
  ]);
}

/** Calls each of which needs all nodes, all at once. */
function callTogether({ calls, client }: World, limits: Limits): Promise<string>[] {
  const keys = KEYS.map(key => ({ key, readAllBins: true }));
  return [
    calls.promise('batch_read', () => client.batchRead(keys, new Aerospike.BatchPolicy(limits))),
    calls.stream('scan', () => client.scan('test', SET).foreach(new Aerospike.ScanPolicy(limits))),
  ];
}

function callAllNodes(world: World, limits: Limits): Promise<string[]> {
  return Promise.all([...callEach(world, KEYS, limits), ...callTogether(world, limits)]);
}

async function callUntilAllSucceed(world: World): Promise<void> {
  while ((await callAllNodes(world, ONCE)).some(outcome => outcome !== 'ok'));
}

async function untilNodes({ client }: World, count: number): Promise<void> {
  while (client.getNodes().length !== count) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

function secondNode({ server }: World): MemoryServerNode {
  const node = server.nodes.find(({ name }) => name === SECOND_NODE);
  if (!node) throw new Error(`There is no node ${SECOND_NODE}.`);
  return node;
}

/** Makes the node fail what it is asked, to see which keys it has. */
async function keysOf(node: MemoryServerNode, { server, calls, client }: World) {
  await server.inject({ match: { node: node.name }, resultCode: STRUCK });
  const policy = new Aerospike.WritePolicy(ONCE);
  const its: Aerospike.Key[] = [];
  const others: Aerospike.Key[] = [];
  for (const key of KEYS) {
    const outcome = await calls.promise('put', () => client.put(key, { n: 1 }, {}, policy));
    (outcome === 'ok' ? others : its).push(key);
  }
  await server.reset();
  return { its, others };
}

/** What happens to one node of a cluster, while the others go on. */
export const CLUSTER: readonly Scenario[] = [
  {
    title: 'One of three nodes dies with calls in flight, and comes back',
    outcomes: ['-6', 'ok'],
    // While the client's map of the cluster is old; while the node that comes back has no partitions.
    mayAlsoBe: ['-8', '11'],
    isChance: true,
    server: { nodes: NODES, regroupMs: 250 },
    config: FOLLOW_CLOSELY,
    async run(world) {
      const node = secondNode(world);
      await world.server.inject({ match: { node: node.name }, stall: true });
      const inFlight = callAllNodes(world, ONCE);
      await node.kill();
      await inFlight;
      await world.server.reset();
      await untilNodes(world, NODES - 1);
      await callUntilAllSucceed(world);
      await node.restart();
      await untilNodes(world, NODES);
      await callUntilAllSucceed(world);
    },
  },
  {
    title: 'One of three nodes is stopped (SIGSTOP), and goes on',
    outcomes: [String(STRUCK), '9', 'ok'],
    failingNode: SECOND_NODE,
    server: { nodes: NODES, regroupMs: NEVER_MS },
    async run(world) {
      const node = secondNode(world);
      const { its, others } = await keysOf(node, world);
      await node.pause();
      await Promise.all([
        ...callEach(world, its, SHORT),
        ...callEach(world, others, ONCE),
        ...callTogether(world, SHORT),
      ]);
      await node.resume();
      await callAllNodes(world, ONCE);
    },
  },
  {
    title: 'One of three nodes is slow',
    outcomes: ['ok'],
    server: { nodes: NODES },
    async run(world) {
      await world.server.inject({ match: { node: secondNode(world).name }, latencyMs: 50 });
      await callAllNodes(world, ONCE);
      await world.server.reset();
    },
  },
  {
    title: 'All connections to one of three nodes are in use',
    outcomes: ['-7', String(STRUCK), '9', 'ok'],
    failingNode: SECOND_NODE,
    server: { nodes: NODES },
    config: { maxConnsPerNode: CONNECTIONS },
    async run(world) {
      const { server, calls, client } = world;
      const node = secondNode(world);
      const { its, others } = await keysOf(node, world);
      await server.inject({ match: { node: node.name }, stall: true });
      const stalled = its.map(key =>
        calls.promise('get', () => client.get(key, new Aerospike.ReadPolicy(SHORT))),
      );
      const policy = new Aerospike.ReadPolicy(ONCE);
      for (const key of others) await calls.promise('exists', () => client.exists(key, policy));
      await Promise.all(stalled);
      await server.reset();
    },
  },
];
