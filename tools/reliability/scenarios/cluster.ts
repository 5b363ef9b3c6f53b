import * as Aerospike from 'aerospike';
import type { MemoryServerNode } from 'aerospike-memory-server';
import { ONCE, SET, SHORT, type Limits } from '../commands';
import type { ClientReading, NodeReading } from '../client-reading';
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
/** Longer than the other nodes take for all their calls, on a busy machine too. */
const SLOW_MS = 1000;

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

/** Whether a number of the second node is greater than that of each other, or has risen more since an earlier moment. */
function isHighest(
  number: (node: NodeReading) => number | undefined,
  reading: ClientReading | undefined,
  earlier?: ClientReading,
): boolean {
  const valueOf = (name: string, { nodes }: ClientReading) =>
    nodes[name] === undefined ? 0 : (number(nodes[name]) ?? 0);
  const rise = (name: string) =>
    reading === undefined
      ? NaN
      : valueOf(name, reading) - (earlier === undefined ? 0 : valueOf(name, earlier));
  const others = Object.keys(reading?.nodes ?? {}).filter(name => name !== SECOND_NODE);
  return others.length > 0 && others.every(name => rise(SECOND_NODE) > rise(name));
}

function isOneMore(
  event: string,
  from: ClientReading | undefined,
  to: ClientReading | undefined,
): boolean {
  return (to?.changes[event] ?? NaN) - (from?.changes[event] ?? NaN) === 1;
}

/** What happens to one node of a cluster, while the others go on. */
export const CLUSTER: readonly Scenario[] = [
  {
    title: 'One of three nodes dies with calls in flight, and comes back',
    outcomes: ['-6', 'ok'],
    // While the client's map of the cluster is old; while the node that comes back has no partitions.
    mayAlsoBe: ['-8', '11'],
    isChance: true,
    shows: [
      {
        what: 'one node fewer as long as it is gone',
        isShown: ({ before, gone, back }) =>
          before?.nodeCount === NODES && gone?.nodeCount === NODES - 1 && back?.nodeCount === NODES,
      },
      {
        what: 'that a node was removed, and later added',
        isShown: ({ before, gone, back }) =>
          isOneMore('removed', before, gone) && isOneMore('added', gone, back),
      },
      {
        what: 'that its connections are closed',
        isShown: ({ before, gone }) => isHighest(({ closed }) => closed, gone, before),
      },
      {
        what: 'no connections to it, and no maximum of them',
        isShown: ({ gone }) =>
          Object.entries(gone?.nodes ?? {}).every(
            ([name, { max = 0 }]) => max > 0 === (name !== SECOND_NODE),
          ),
      },
      {
        what: 'no errors of it, since the client does not count connections that fail',
        isShown: ({ before, back }) => {
          const [first, last] = [before, back].map(reading => reading?.nodes[SECOND_NODE]?.errors);
          return first !== undefined && first === last;
        },
      },
    ],
    server: { nodes: NODES, regroupMs: 250 },
    config: FOLLOW_CLOSELY,
    async run(world) {
      const node = secondNode(world);
      await callAllNodes(world, ONCE);
      await world.look('before');
      await world.server.inject({ match: { node: node.name }, stall: true });
      const inFlight = callAllNodes(world, ONCE);
      await node.kill();
      await inFlight;
      await world.look('dead');
      await world.server.reset();
      await untilNodes(world, NODES - 1);
      await callUntilAllSucceed(world);
      await world.look('gone');
      await node.restart();
      await untilNodes(world, NODES);
      await callUntilAllSucceed(world);
      await world.look('back');
    },
  },
  {
    title: 'One of three nodes is stopped (SIGSTOP), and goes on',
    outcomes: [String(STRUCK), '9', 'ok'],
    shows: [
      {
        what: 'that more of its connections are in use, or closed after timeouts',
        isShown: ({ stopped }) => isHighest(({ used = 0, closed }) => used + closed, stopped),
      },
      {
        what: 'its timeouts',
        isShown: ({ stopped }) => isHighest(({ timeouts }) => timeouts, stopped),
        isSince6: true,
      },
    ],
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
      await world.look('stopped');
      await node.resume();
      await callAllNodes(world, ONCE);
    },
  },
  {
    title: 'One of three nodes is slow',
    outcomes: [String(STRUCK), 'ok'],
    shows: [
      {
        what: 'that more of its connections are in use',
        isShown: ({ slow }) => isHighest(({ used }) => used, slow),
      },
    ],
    server: { nodes: NODES },
    async run(world) {
      const node = secondNode(world);
      const { its, others } = await keysOf(node, world);
      await world.server.inject({ match: { node: node.name }, latencyMs: SLOW_MS });
      const slow = callEach(world, its, ONCE);
      await Promise.all(callEach(world, others, ONCE));
      await world.look('slow');
      await Promise.all(slow);
      await callAllNodes(world, ONCE);
      await world.server.reset();
    },
  },
  {
    title: 'All connections to one of three nodes are in use',
    outcomes: ['-7', String(STRUCK), '9', 'ok'],
    shows: [
      {
        what: 'that its connections, and no others, are at their maximum',
        isShown: ({ stalled }) =>
          Object.entries(stalled?.nodes ?? {}).every(
            ([name, { used, max }]) => (used === max) === (name === SECOND_NODE),
          ),
      },
      {
        what: 'its timeouts',
        isShown: ({ over }) => isHighest(({ timeouts }) => timeouts, over),
        isSince6: true,
      },
    ],
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
      await world.look('stalled');
      const policy = new Aerospike.ReadPolicy(ONCE);
      for (const key of others) await calls.promise('exists', () => client.exists(key, policy));
      await Promise.all(stalled);
      await world.look('over');
      await server.reset();
    },
  },
];
