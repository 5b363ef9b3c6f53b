// Traces and metrics go to the OpenTelemetry Collector at OTEL_EXPORTER_OTLP_ENDPOINT, http://localhost:4318 by default.
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');

const sdk = new NodeSDK({
  serviceName: 'articles',
  instrumentations: [new HttpInstrumentation(), new AerospikeInstrumentation()],
});
sdk.start();

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => sdk.shutdown());
