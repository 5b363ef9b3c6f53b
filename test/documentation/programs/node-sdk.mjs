import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { durationView } from 'opentelemetry-instrumentation-aerospike/prometheus';

const sdk = new NodeSDK({
  instrumentations: [new AerospikeInstrumentation()],
  views: [durationView()],
  metricReaders: [new PrometheusExporter()],
});
sdk.start();

const { assertScraped, operate } = await import('./support/measured.mjs');
await operate();
await assertScraped('http://localhost:9464/metrics');
await sdk.shutdown();
