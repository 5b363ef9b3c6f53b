import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { AerospikeMetricProducer } from 'opentelemetry-instrumentation-aerospike/metric-producer';
import assert from 'node:assert/strict';
import { operate } from './support/measured.mjs';

const metricProducer = new AerospikeMetricProducer();
const instrumentation = new AerospikeInstrumentation({ metricProducer });

instrumentation.instrumentModule(Aerospike);

/** How many operations have been measured. */
async function measured() {
  const { resourceMetrics } = await metricProducer.collect();
  const points = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics[0].dataPoints);
  return points.reduce((count, { value }) => count + value.count, 0);
}

await operate();
assert.equal(await measured(), 1);

instrumentation.disable();
await operate();
assert.equal(await measured(), 1);

instrumentation.enable();
await operate();
assert.equal(await measured(), 2);
