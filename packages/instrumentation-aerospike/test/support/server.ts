import { resolve } from 'node:path';
import * as Aerospike from 'aerospike';
import { PATIENT } from '@test/support';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import * as udfs from '../fixtures/instrumentation';

const LUA_FILE = resolve(__dirname, '../../../test/fixtures/instrumentation.lua');

/** The server that the tests run against: that of AEROSPIKE_HOSTS, or an embedded one. */
export interface TestServer {
  /** `host:port` */
  readonly hosts: string;
  /** Provides the functions of `fixtures/instrumentation.lua`. */
  provideUdfs(client: Aerospike.Client): Promise<void>;
  stop(): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
  const hosts = process.env.AEROSPIKE_HOSTS;
  return hosts === undefined || hosts === '' ? startEmbeddedServer() : foreignServer(hosts);
}

function foreignServer(hosts: string): TestServer {
  return {
    hosts,
    provideUdfs: async client => {
      const job = await client.udfRegister(LUA_FILE);
      await job.wait(50);
    },
    stop: () => Promise.resolve(),
  };
}

async function startEmbeddedServer(): Promise<TestServer> {
  const server = await AerospikeMemoryServer.create({ port: 0, namespaces: ['test', 'bar'] });
  return {
    hosts: server.hosts,
    provideUdfs: () => server.registerUdf('instrumentation', udfs),
    stop: () => server.stop(),
  };
}

export function connect(server: { readonly hosts: string }): Promise<Aerospike.Client> {
  return Aerospike.connect({ ...PATIENT, hosts: server.hosts });
}
