import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { connectTo } from './connect-to';

export interface Database {
  readonly client: Aerospike.Client;
  /** One or two namespaces to work in. */
  readonly namespaces: readonly string[];
  /** Every command must have completed before. */
  close(): Promise<void>;
}

const NAMESPACES = ['test', 'bar'];

/** Connects to the server at these hosts, or to an embedded one of its own. */
export async function openDatabase(hosts: string | undefined): Promise<Database> {
  if (hosts !== undefined) return openForeign(hosts);
  const server = await AerospikeMemoryServer.create({ port: 0, namespaces: NAMESPACES });
  const client = await Aerospike.connect({ hosts: server.hosts });
  return {
    client,
    namespaces: NAMESPACES,
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
    close() {
      client.close();
      return Promise.resolve();
    },
  };
}
