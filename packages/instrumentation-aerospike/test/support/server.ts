import { resolve } from 'node:path';
import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer, type UdfFunctions, type UdfRecord } from 'aerospike-memory-server';

const LUA_FILE = resolve(__dirname, '../../../test/fixtures/instrumentation.lua');

/** The functions of `fixtures/instrumentation.lua`, for the embedded server. */
const FUNCTIONS: UdfFunctions = {
  read_bin(record: UdfRecord, name: string) {
    return record.bins[name];
  },
  fail() {
    throw new Error('failed on purpose');
  },
  count(records: Iterable<UdfRecord>) {
    return [...records].length;
  },
};

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
    provideUdfs: () => server.registerUdf('instrumentation', FUNCTIONS),
    stop: () => server.stop(),
  };
}

export function connect(server: { readonly hosts: string }): Promise<Aerospike.Client> {
  // The client's own log would stand between the lines of the tests' report.
  return Aerospike.connect({ hosts: server.hosts, log: { level: Aerospike.log.OFF } });
}
