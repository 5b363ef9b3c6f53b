import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { durationView } from 'opentelemetry-instrumentation-aerospike/prometheus';

const METRICS_PORT = Number(process.env.METRICS_PORT ?? 9464);

const sdk = new NodeSDK({
  serviceName: 'carts',
  instrumentations: [new AerospikeInstrumentation()],
  views: [durationView()],
  metricReaders: [new PrometheusExporter({ host: 'localhost', port: METRICS_PORT })],
  spanProcessors: [], // no traces
});
sdk.start();

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => sdk.shutdown());
