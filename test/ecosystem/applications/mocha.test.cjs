// For mocha and node:test alike, whose functions have the same names.
const assert = require('node:assert/strict');
const { after, before, it } =
  process.env.TEST_RUNNER === 'mocha' ? require('mocha') : require('node:test');
const Aerospike = require('aerospike');
const { getMetrics } = require('opentelemetry-instrumentation-aerospike/prometheus');

let client;

before(async () => {
  await getMetrics(); // from here on Aerospike is measured
  const { AEROSPIKE_HOSTS: hosts } = process.env;
  client = await Aerospike.connect({ hosts, log: { level: Aerospike.log.OFF } });
});

after(() => client.close());

it('measures what the client does', async () => {
  for (const id of [1, 2, 3]) {
    const key = new Aerospike.Key('test', process.env.AEROSPIKE_SET, id);
    await client.put(key, { id });
    await client.get(key);
  }
  const counts = (await getMetrics()).match(
    /^db_client_operation_duration_seconds_count.* (\d+)$/gm,
  );
  const operations = counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  process.stdout.write(`measured: ${operations}\n`);
  assert.equal(operations, 6);
});
