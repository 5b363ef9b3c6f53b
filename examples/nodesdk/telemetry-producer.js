// The same at next to no cost: durations are added up before they reach the SDK, and need no view.
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
} from 'opentelemetry-instrumentation-aerospike/metric-producer';

const metricProducer = new AerospikeMetricProducer({ name: PROMETHEUS_NAME });

const METRICS_PORT = Number(process.env.METRICS_PORT ?? 9464);

const sdk = new NodeSDK({
  serviceName: 'carts',
  instrumentations: [new AerospikeInstrumentation({ metricProducer })],
  metricReaders: [
    new PrometheusExporter({
      host: 'localhost',
      port: METRICS_PORT,
      metricProducers: [metricProducer],
    }),
  ],
  spanProcessors: [], // no traces
});
sdk.start();

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => sdk.shutdown());
