import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { AerospikeMetricProducer } from 'opentelemetry-instrumentation-aerospike/metric-producer';
import { operate } from './support/measured.mjs';

const collector = createServer().listen(0, '127.0.0.1');
await once(collector, 'listening');
const exporter = new OTLPMetricExporter({
  url: `http://127.0.0.1:${collector.address().port}/v1/metrics`,
});

const metricProducer = new AerospikeMetricProducer({ temporality: 'cumulative' });
const reader = new PeriodicExportingMetricReader({ exporter, metricProducers: [metricProducer] });

const meterProvider = new MeterProvider({ readers: [reader] });
registerInstrumentations({ instrumentations: [new AerospikeInstrumentation({ metricProducer })] });
await operate();
const exported = once(collector, 'request');
const shutdown = meterProvider.shutdown();
const [request, response] = await exported;
const { resourceMetrics } = await json(request);
response.end('{}');
await shutdown;
collector.close();
const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(s => s.metrics));
const duration = metrics.find(({ name }) => name === 'db.client.operation.duration');
assert.equal(duration.histogram.dataPoints.length, 1);
