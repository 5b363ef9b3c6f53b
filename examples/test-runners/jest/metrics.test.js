const { afterAll, beforeAll, expect, test } = require('@jest/globals');
const {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} = require('@opentelemetry/sdk-metrics');
const Aerospike = require('aerospike');
const { AerospikeMemoryServer } = require('aerospike-memory-server');
const { measure } = require('./telemetry');
const users = require('./users');

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter });
const instrumentation = measure(reader);

let server;
let client;

beforeAll(async () => {
  server = await AerospikeMemoryServer.create();
  client = await Aerospike.connect({ hosts: server.hosts });
});

afterAll(async () => {
  client.close();
  await server.stop();
  // The client is shared with the files that come after this one.
  instrumentation.disable();
  await reader.shutdown();
});

test('operations are measured', async () => {
  await users.save(client, 'ada', 'Ada');
  await users.nameOf(client, 'ada');
  await reader.forceFlush();
  const metrics = exporter
    .getMetrics()
    .at(-1)
    .scopeMetrics.flatMap(scope => scope.metrics);
  const { dataPoints } = metrics.find(
    ({ descriptor }) => descriptor.name === 'db.client.operation.duration',
  );
  expect(
    dataPoints.map(({ attributes, value }) => [attributes['db.operation.name'], value.count]),
  ).toEqual([
    ['put', 1],
    ['get', 1],
  ]);
});
