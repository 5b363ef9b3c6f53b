import assert from 'node:assert/strict';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
} from 'opentelemetry-instrumentation-aerospike/metric-producer';
import {
  durationView,
  getMetrics,
  startMetricsServer,
} from 'opentelemetry-instrumentation-aerospike/prometheus';
import { operate } from './support/measured.mjs';

const boundaries = [
  0.0001, 0.00025, 0.0005, 0.00075, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10,
];

await startMetricsServer({ boundaries });
const views = [durationView({ boundaries })];
const metricProducer = new AerospikeMetricProducer({ boundaries, name: PROMETHEUS_NAME });

await operate();
const text = await getMetrics();
for (const boundary of boundaries) assert.ok(text.includes(`le="${boundary}"`), text);
assert.deepEqual(views[0].aggregation.options, { boundaries });

new AerospikeInstrumentation({ metricProducer });
await operate();
const { resourceMetrics } = await metricProducer.collect();
const [{ value }] = resourceMetrics.scopeMetrics[0].metrics[0].dataPoints;
assert.deepEqual(value.buckets.boundaries, boundaries);
