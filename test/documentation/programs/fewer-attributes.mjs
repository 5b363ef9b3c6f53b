import assert from 'node:assert/strict';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { durationView } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { operate } from './support/measured.mjs';

const view = durationView({ attributeKeys: ['db.operation.name', 'error.type'] });

const reader = new PrometheusExporter({ preventServerStart: true });
const meterProvider = new MeterProvider({ readers: [reader], views: [view] });
registerInstrumentations({ meterProvider, instrumentations: [new AerospikeInstrumentation()] });
await operate();
const { resourceMetrics } = await reader.collect();
const points = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics[0].dataPoints);
assert.deepEqual(
  points.map(({ attributes }) => attributes),
  [{ 'db.operation.name': 'exists' }],
);
