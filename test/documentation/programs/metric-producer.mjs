import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
} from 'opentelemetry-instrumentation-aerospike/metric-producer';
import { assertScraped, operate } from './support/measured.mjs';

const metricProducer = new AerospikeMetricProducer({ name: PROMETHEUS_NAME });

const sdk = new NodeSDK({
  instrumentations: [new AerospikeInstrumentation({ metricProducer })],
  metricReaders: [new PrometheusExporter({ metricProducers: [metricProducer] })],
});

sdk.start();
await operate();
await assertScraped('http://localhost:9464/metrics');
await sdk.shutdown();
