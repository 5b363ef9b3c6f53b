import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { getMetrics } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { afterAll, beforeAll, test } from 'vitest';

let client;

beforeAll(async () => {
  await getMetrics(); // from here on Aerospike is measured
  const { AEROSPIKE_HOSTS: hosts } = process.env;
  client = await Aerospike.connect({ hosts, log: { level: Aerospike.log.OFF } });
});

afterAll(() => client.close());

test('measures what the client does', async () => {
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
