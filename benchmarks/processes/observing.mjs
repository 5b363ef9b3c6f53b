/* In a process of its own: what it takes to read the state of clients. */
import { createRequire } from 'node:module';
import { strictEqual } from 'node:assert';
import { measure } from 'mitata';
import { options, report } from './child.mjs';

const { clients, nodes, milliseconds } = options();
const require = createRequire(import.meta.url);
const Aerospike = require('aerospike');
const { AerospikeMemoryServer } = require('aerospike-memory-server');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
const {
  AerospikeMetricProducer,
} = require('opentelemetry-instrumentation-aerospike/metric-producer');

const server = await AerospikeMemoryServer.create({ port: 0, nodes });
const producer = new AerospikeMetricProducer();
new AerospikeInstrumentation({ metricProducer: producer });
const connected = [];
for (let count = 0; count < clients; count++) {
  connected.push(await Aerospike.connect({ hosts: server.hosts, log: { level: -1 } }));
}
const { resourceMetrics } = await producer.collect();
const metrics = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
const maxima = metrics.find(({ descriptor }) => descriptor.name === 'db.client.connection.max');
strictEqual(maxima.dataPoints.length, nodes);
strictEqual(maxima.dataPoints[0].value, 100 * clients);

const { p50 } = await measure(() => producer.collect(), { min_cpu_time: milliseconds * 1e6 });
for (const client of connected) client.close();
await server.stop();
report(p50 / 1e6);
