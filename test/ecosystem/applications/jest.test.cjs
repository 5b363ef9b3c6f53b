const assert = require('node:assert/strict');
const { afterAll, beforeAll, test } = require('@jest/globals');
const {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} = require('@opentelemetry/sdk-metrics');
const Aerospike = require('aerospike');
const { measure } = require('./telemetry');

let client;

beforeAll(async () => {
  const { AEROSPIKE_HOSTS: hosts } = process.env;
  client = await Aerospike.connect({ hosts, log: { level: Aerospike.log.OFF } });
});

afterAll(() => client.close());

test('measures what the client does', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const instrumentation = measure(reader);

  const key = new Aerospike.Key('test', process.env.AEROSPIKE_SET, 1);
  await client.put(key, { id: 1 });
  await client.get(key);
  await client.remove(key);
  await reader.forceFlush();

  const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
  const operations = metrics
    .flatMap(scope => scope.metrics)
    .filter(({ descriptor }) => descriptor.name === 'db.client.operation.duration')
    .flatMap(({ dataPoints }) => dataPoints)
    .reduce((sum, { value }) => sum + value.count, 0);
  process.stdout.write(`measured: ${operations}\n`);
  assert.equal(operations, 3);

  instrumentation.disable();
  await reader.shutdown();
});
