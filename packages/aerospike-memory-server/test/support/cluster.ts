import { once } from 'node:events';
import Aerospike, { type Client, type ConfigOptions } from 'aerospike';
import { PATIENT } from '@test/support';
import { AerospikeMemoryServer, type MemoryServerNode, type MemoryServerOptions } from '../../src';

/** The client's shortest. */
const TEND_INTERVAL_MS = 250;

export interface RunningCluster {
  readonly server: AerospikeMemoryServer;
  readonly client: Client;
  readonly nodes: readonly [MemoryServerNode, MemoryServerNode, MemoryServerNode];
}

/** Three nodes and a client of theirs for each test of a `describe`; the getter is for use inside the tests. */
export function runningCluster(
  options: MemoryServerOptions = {},
  config: ConfigOptions = {},
): () => RunningCluster {
  let current: RunningCluster | undefined;
  beforeEach(async () => {
    const server = await AerospikeMemoryServer.create({ nodes: 3, regroupMs: 0, ...options });
    const client = await Aerospike.connect({
      ...PATIENT,
      tenderInterval: TEND_INTERVAL_MS,
      ...config,
      hosts: server.hosts,
    });
    const [a, b, c] = server.nodes;
    if (!a || !b || !c) throw new Error('There are fewer than three nodes.');
    current = { server, client, nodes: [a, b, c] };
  });
  afterEach(async () => {
    current?.client.close();
    await current?.server.stop();
  });
  return () => {
    if (!current) throw new Error('The cluster is not running.');
    return current;
  };
}

/** Resolves to the name of the node with the client's next event of this kind. */
export async function nodeEvent(
  client: Client,
  name: 'nodeAdded' | 'nodeRemoved' | 'disconnected',
): Promise<string> {
  const [event] = (await once(client, name)) as [{ nodeName: string }];
  return event.nodeName;
}

const BETWEEN_LOOKS_MS = 10;

/** Resolves when the client knows just these nodes, which is a moment after the event of the last one. */
export async function untilNodes(client: Client, names: readonly string[]): Promise<void> {
  while (nodeNames(client).join() !== names.join()) {
    await new Promise(resolve => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
}

/** Those that the client knows, sorted. */
export function nodeNames(client: Client): string[] {
  return client
    .getNodes()
    .map(({ name }) => name)
    .sort();
}
