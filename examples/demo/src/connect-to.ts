import * as Aerospike from 'aerospike';
import { CannotRun } from './cannot-run';

/**
 * Connects to the server that AEROSPIKE_HOSTS names.
 *
 * @throws CannotRun when there is none
 */
export async function connectTo(hosts: string): Promise<Aerospike.Client> {
  // Otherwise the client writes about a failed connection to the terminal itself.
  Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
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
