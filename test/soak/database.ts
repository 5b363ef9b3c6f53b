import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { CannotRun } from '@example/aerospike-demo/build/src/cannot-run';

/** What the application works with. */
export interface Database {
  readonly client: Aerospike.Client;
  /** The embedded server, which can be made to fail; undefined where another one is used. */
  readonly server: AerospikeMemoryServer | undefined;
  /** Every call must have completed before. */
  close(): Promise<void>;
}

/** Connects to the server at these hosts, or to an embedded one of its own. */
export async function openDatabase(hosts: string | undefined): Promise<Database> {
  // What is let go wrong here would fill the terminal.
  Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
  const server = hosts === undefined ? await AerospikeMemoryServer.create() : undefined;
  const client = await connect(server?.hosts ?? hosts ?? '');
  return {
    client,
    server,
    async close() {
      client.close();
      await server?.stop();
    },
  };
}

async function connect(hosts: string): Promise<Aerospike.Client> {
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
