import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';

/** The server that the tests run against: that of AEROSPIKE_HOSTS, or an embedded one. */
export interface TestServer {
  /** `host:port` */
  readonly hosts: string;
  stop(): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
  const hosts = process.env.AEROSPIKE_HOSTS;
  if (hosts !== undefined && hosts !== '') return { hosts, stop: () => Promise.resolve() };
  return await AerospikeMemoryServer.create({ port: 0, namespaces: ['test', 'bar'] });
}

/** `server.address` and `server.port` that operations on the server are expected to have. */
export function serverAttributes({ hosts }: TestServer): Record<string, string | number> {
  const [address = '', port = ''] = (hosts.split(',')[0] ?? '').split(':');
  return {
    'server.address': address,
    ...(port !== '' && port !== '3000' && { 'server.port': Number(port) }),
  };
}

export function connect(server: TestServer): Promise<Aerospike.Client> {
  // The client's own log would stand between the lines of the tests' report.
  return Aerospike.connect({ hosts: server.hosts, log: { level: Aerospike.log.OFF } });
}
