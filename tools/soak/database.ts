import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { connectTo } from '@example/aerospike-demo/build/src/database';

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
  // Otherwise the client itself writes to the terminal about every failed connection and call.
  Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
  const server = hosts === undefined ? await AerospikeMemoryServer.create() : undefined;
  const client = await connectTo(server?.hosts ?? hosts ?? '');
  return {
    client,
    server,
    async close() {
      client.close();
      await server?.stop();
    },
  };
}
