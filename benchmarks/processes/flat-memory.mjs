/*
 * In a process of its own: whether memory stays flat, and no measurement is lost, whatever set names an application
 * invents and whatever streams it abandons.
 */
import { loadAerospikeCopy } from '../clients/aerospike-copy.mjs';
import { realClient } from '../clients/real-client.mjs';
import { createInstrumentation } from '../instrumentations/index.mjs';
import { options, report } from './child.mjs';

const { id, hosts, operations, sets, streams } = options();
const IN_FLIGHT = 64;

function heapBytes() {
  global.gc();
  global.gc();
  return process.memoryUsage().heapUsed;
}

/** Reads records that do not exist, in as many sets as there are. */
async function makeOperations(count) {
  let made = 0;
  async function work() {
    while (made < count) {
      const number = made++;
      await client.exists(new aerospike.Key('test', `set-${number % sets}`, 'key'));
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
}

/** Starts streams that the native client never completes, and forgets them. */
function abandonStreams() {
  const silent = Object.create(client, {
    as_client: { value: { queryAsync: () => undefined } },
  });
  for (let stream = 0; stream < streams; stream++) {
    new aerospike.Query(silent, 'test', `set-${stream}`, {}).foreach();
  }
}

const aerospike = loadAerospikeCopy();
const { instrument, reader, durations } = await createInstrumentation(id);
instrument(aerospike);
const client = await realClient(aerospike, hosts);

const warmUp = operations / 10;
await makeOperations(warmUp);
const afterWarmUp = heapBytes();
await makeOperations(operations - warmUp);
const afterOperations = heapBytes();
abandonStreams();
await new Promise(setImmediate);
const afterStreams = heapBytes();

const counted = await durations();
if (counted !== operations) throw new Error(`${operations - counted} operations were lost`);
const { resourceMetrics } = await reader.collect();
const points = resourceMetrics.scopeMetrics[0].metrics[0].dataPoints;
report({
  afterWarmUp,
  afterOperations,
  afterStreams,
  series: points.length,
  overflowSets: points.filter(({ attributes }) => attributes['otel.metric.overflow']).length,
  counted,
});
