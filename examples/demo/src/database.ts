import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer, type MemoryServerNode } from 'aerospike-memory-server';
import { CannotRun } from './options';

export interface Database {
  readonly client: Aerospike.Client;
  /** One or two namespaces to work in. */
  readonly namespaces: readonly string[];
  /** Those of the embedded server. */
  readonly nodes: readonly MemoryServerNode[];
  /** Every command must have completed before. */
  close(): Promise<void>;
}

const NAMESPACES = ['test', 'bar'];

/** Connects to the server at these hosts, or to an embedded one of its own with so many nodes. */
export async function openDatabase(hosts: string | undefined, nodes = 1): Promise<Database> {
  // Otherwise the client itself writes to the terminal about every failed connection and call.
  Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
  if (hosts !== undefined) return openForeign(hosts);
  const server = await AerospikeMemoryServer.create({ port: 0, nodes, namespaces: NAMESPACES });
  const client = await Aerospike.connect({ hosts: server.hosts });
  return {
    client,
    namespaces: NAMESPACES,
    nodes: server.nodes,
    async close() {
      client.close();
      await server.stop();
    },
  };
}

async function openForeign(hosts: string): Promise<Database> {
  const client = await connectTo(hosts);
  const answer = await client.infoAny('namespaces');
  const offered = answer.trim().split('\t').at(-1)?.split(';') ?? [];
  const familiar = NAMESPACES.filter(namespace => offered.includes(namespace));
  return {
    client,
    namespaces: familiar.length > 0 ? familiar : offered.slice(0, 1),
    nodes: [],
    close() {
      client.close();
      return Promise.resolve();
    },
  };
}

/**
 * Connects to the server that AEROSPIKE_HOSTS names.
 *
 * @throws CannotRun when there is none
 */
export async function connectTo(hosts: string): Promise<Aerospike.Client> {
  try {
    return await Aerospike.connect({ hosts });
  } catch (error) {
    // A client that never connected keeps the process alive.
    Aerospike.releaseEventLoop();
    const { message } = error as Error;
    throw new CannotRun(
      `No Aerospike server can be reached at '${hosts}', which AEROSPIKE_HOSTS names (${message}).`,
    );
  }
}
