// Has the connections to one node of three run out, and prints what the application gets and what the metrics say.
import { setTimeout as sleep } from 'node:timers/promises';
import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { getMetrics } from 'opentelemetry-instrumentation-aerospike/prometheus';

const SLOW_NODE = 'B1';
const SITUATIONS = [
  { title: 'All nodes are well', maxConnsPerNode: 10, latencyMs: 0 },
  { title: `${SLOW_NODE} answers after 300 ms`, maxConnsPerNode: 10, latencyMs: 300 },
  { title: 'The same with more connections', maxConnsPerNode: 50, latencyMs: 300 },
];
/** 300 gets per second, so 100 for each node. */
const ROUNDS = 200;
const ROUND_MS = 10;
const KEYS = Array.from({ length: 600 }, (_, n) => new Aerospike.Key('test', 'carts', n));

// The first call starts to measure.
await getMetrics();
const server = await AerospikeMemoryServer.create({ nodes: 3 });

for (const { title, maxConnsPerNode, latencyMs } of SITUATIONS) {
  const client = await Aerospike.connect({
    hosts: server.hosts,
    maxConnsPerNode,
    // Or it prints a line for each get that fails.
    log: { level: Aerospike.log.OFF },
  });
  for (const key of KEYS) await client.put(key, { items: 1 });
  if (latencyMs > 0) await server.inject({ match: { node: SLOW_NODE }, latencyMs });
  const before = await getMetrics();
  const outcomes = await getAll(client);
  // Now, while the slow node still has some to answer.
  const metrics = await getMetrics();
  console.log(title);
  for (const [outcome, count] of await countsOf(outcomes)) console.log(`  ${count} ${outcome}`);
  report(before, metrics);
  client.close();
  await server.reset();
}
await server.stop();

/** Starts a get of each key, three at a time. */
async function getAll(client) {
  const outcomes = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < KEYS.length / ROUNDS; n++) {
      outcomes.push(
        client.get(KEYS[outcomes.length]).then(
          () => 'gets succeeded',
          ({ code, message }) => `gets failed: ${code} ${message}`,
        ),
      );
    }
    await sleep(ROUND_MS);
  }
  return outcomes;
}

async function countsOf(outcomes) {
  const counts = new Map();
  for (const outcome of await Promise.all(outcomes)) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}

function report(before, metrics) {
  for (const { name, hosts } of server.nodes) {
    const pool = `db_client_connection_pool_name="${hosts}"`;
    const used = valueOf(metrics, 'db_client_connection_count', pool, '="used"');
    const max = valueOf(metrics, 'db_client_connection_max', pool);
    const [earlier, opened] = [before, metrics].map(text =>
      valueOf(text, 'aerospike_client_connection_opened_total', pool),
    );
    console.log(`  ${name}: ${used} of ${max} connections used, ${opened - earlier} opened`);
  }
  const inFlight = valueOf(metrics, 'aerospike_client_command_count', '="in_flight"');
  const queued = valueOf(metrics, 'aerospike_client_command_count', '="queued"');
  console.log(`  commands: ${inFlight} in flight, ${queued} queued`);
}

/** The value of the series of a metric that has some labels. */
function valueOf(text, metric, ...labels) {
  const line = text
    .split('\n')
    .find(each => each.startsWith(`${metric}{`) && labels.every(label => each.includes(label)));
  return Number(line?.split(' ').at(-1));
}
