import Aerospike, { type Client, type ConfigOptions, type Key } from 'aerospike';
import { PATIENT } from '@test/support';
import { AerospikeMemoryServer, type MemoryServerOptions } from '../../src';

// The client's own log would say on stderr what the tests expect to fail.
Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });

/** A server and a client connected to it, for the tests of one `describe`. */
export interface Running {
  readonly server: AerospikeMemoryServer;
  readonly client: Client;
}

/** Starts both before the tests and stops them afterwards; the getter is for use inside the tests. */
export function running(
  options: MemoryServerOptions = {},
  config: ConfigOptions = {},
): () => Running {
  let current: Running | undefined;
  before(async () => {
    const server = await AerospikeMemoryServer.create(options);
    const client = await Aerospike.connect({ ...PATIENT, ...config, hosts: server.hosts });
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

/** What a promise is rejected with: the client's code; 0 when it is resolved. */
export async function codeOf(command: Promise<unknown>): Promise<number> {
  return command.then(
    () => 0,
    (error: unknown) => (error as { code: number }).code,
  );
}

const BETWEEN_ATTEMPTS_MS = 10;

/** Repeats a command until its code is this one, 0 for success; gives all codes that it had. */
export async function untilCode(code: number, command: () => Promise<unknown>): Promise<number[]> {
  const codes: number[] = [];
  for (;;) {
    codes.push(await codeOf(command()));
    if (codes.at(-1) === code) return codes;
    await new Promise(resolve => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
  }
}
