// Traces go to the OpenTelemetry Collector at OTEL_EXPORTER_OTLP_ENDPOINT, http://localhost:4318 by default. Metrics are
// at http://localhost:9464/metrics, with exemplars that lead to the traces.
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
const {
  AerospikePrometheusExporter,
} = require('opentelemetry-instrumentation-aerospike/prometheus');

const http = new HttpInstrumentation({
  ignoreIncomingRequestHook: ({ url }) => url === '/metrics',
});
const exporter = new AerospikePrometheusExporter();
const { metricProducer } = exporter;

const sdk = new NodeSDK({
  serviceName: 'articles',
  instrumentations: [http, new AerospikeInstrumentation({ metricProducer })],
  metricReaders: [exporter],
});
sdk.start();

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => sdk.shutdown());
