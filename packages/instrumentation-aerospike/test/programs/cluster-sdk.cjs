// Workers that each set up OpenTelemetry's SDK with its Prometheus exporter.
const cluster = require('node:cluster');

if (cluster.isPrimary) {
  for (let count = 0; count < 3; count++) cluster.fork();
  process.stdin.on('end', () => cluster.disconnect()).resume();
} else {
  const { PrometheusExporter } = require('@opentelemetry/exporter-prometheus');
  const { MeterProvider } = require('@opentelemetry/sdk-metrics');
  const { AerospikeInstrumentation } = require('../../build/src/index.js');

  const offset = process.env.OWN_PORTS === undefined ? 0 : cluster.worker.id;
  const port = Number(process.env.OTEL_EXPORTER_PROMETHEUS_PORT) + offset;
  const exporter = new PrometheusExporter({ port, host: 'localhost' }, () => console.log('ready'));
  const instrumentation = new AerospikeInstrumentation();
  instrumentation.setMeterProvider(new MeterProvider({ readers: [exporter] }));
}
