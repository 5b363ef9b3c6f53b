import assert from 'node:assert/strict';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { operate } from './support/measured.mjs';

const view = {
  meterName: 'opentelemetry-instrumentation-aerospike',
  instrumentName: 'db.client.operation.duration',
  aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
};

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter });
const meterProvider = new MeterProvider({ readers: [reader], views: [view] });
registerInstrumentations({ meterProvider, instrumentations: [new AerospikeInstrumentation()] });
await operate();
await reader.forceFlush();
const [{ scopeMetrics }] = exporter.getMetrics();
const [{ dataPointType, dataPoints }] = scopeMetrics[0].metrics;
assert.equal(dataPointType, DataPointType.EXPONENTIAL_HISTOGRAM);
assert.equal(dataPoints[0].value.count, 1);
await meterProvider.shutdown();
