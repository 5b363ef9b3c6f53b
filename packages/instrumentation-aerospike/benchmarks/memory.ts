/*
 * Shows that memory stays flat, and that no measurement is lost, whatever set names an application invents and
 * whatever streams it abandons: npm run bench:memory
 */
import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { Telemetry } from '../test/support/telemetry';

const OPERATIONS = 1_000_000;
const SETS = 100_000;
const IN_FLIGHT = 64;
const STREAMS = 10_000;

function heapMiB(): string {
  if (global.gc === undefined) throw new Error('run with --expose-gc');
  global.gc();
  global.gc();
  return `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MiB`;
}

/** Reads records that do not exist, in as many sets as there are. */
async function makeOperations(client: Aerospike.Client, count: number): Promise<void> {
  let made = 0;
  async function work(): Promise<void> {
    while (made < count) {
      const number = made++;
      await client.exists(new Aerospike.Key('test', `set-${number % SETS}`, 'k'));
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
}

/** Starts streams that the native client never completes, and forgets them. */
function abandonStreams(client: Aerospike.Client): void {
  const neverCompletes = { queryAsync: () => undefined };
  const silent = Object.create(client, {
    as_client: { value: neverCompletes },
  }) as Aerospike.Client;
  for (let stream = 0; stream < STREAMS; stream++) {
    new Aerospike.Query(silent, 'test', `set-${stream}`, {}).foreach();
  }
}

async function main(): Promise<void> {
  const telemetry = new Telemetry();
  const server = await AerospikeMemoryServer.create({ port: 0, namespaces: ['test'] });
  const client = await Aerospike.connect({ hosts: server.hosts });

  const warmUp = OPERATIONS / 10;
  await makeOperations(client, warmUp);
  console.log(`${heapMiB()} after ${warmUp} operations over ${SETS} sets`);
  await makeOperations(client, OPERATIONS - warmUp);
  console.log(`${heapMiB()} after ${OPERATIONS} operations over ${SETS} sets`);
  abandonStreams(client);
  await new Promise(setImmediate);
  console.log(`${heapMiB()} after ${STREAMS} abandoned streams`);

  const points = await telemetry.dataPoints();
  const total = points.reduce((sum, { value }) => sum + value.count, 0);
  const overflow = points.filter(({ attributes }) => attributes['otel.metric.overflow'] === true);
  console.log(`${points.length} series, ${overflow.length} of them the overflow set`);
  console.log(`${total} operations counted`);

  client.close();
  await server.stop();
  await telemetry.shutdown();
  if (total !== OPERATIONS) throw new Error(`${OPERATIONS - total} operations were lost`);
}

void main();
