import Aerospike, { type Client, type Key } from 'aerospike';
import { AerospikeMemoryServer, type MemoryServerOptions } from '../../src';

// The client's own log would say on stderr what the tests expect to fail.
Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });

/** A server and a client connected to it, for the tests of one `describe`. */
export interface Running {
  readonly server: AerospikeMemoryServer;
  readonly client: Client;
}

/** Starts both before the tests and stops them afterwards; the getter is for use inside the tests. */
export function running(options: MemoryServerOptions = {}): () => Running {
  let current: Running | undefined;
  before(async () => {
    const server = await AerospikeMemoryServer.create(options);
    const client = await Aerospike.connect({ hosts: server.hosts });
    current = { server, client };
  });
  after(async () => {
    current?.client.close();
    await current?.server.stop();
  });
  return () => {
    if (!current) throw new Error('The server is not running.');
    return current;
  };
}

let lastKey = 0;

/** A key that no other test uses. */
export function newKey(set: string | null = 'set', namespace = 'test'): Key {
  return new Aerospike.Key(namespace, set, `key-${++lastKey}`);
}

/** For assert.rejects: an error of the client with this code. */
export function withCode(code: number): { code: number } {
  return { code };
}
