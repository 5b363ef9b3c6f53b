/* In a process of its own: what it takes until the client, and what measures it, are loaded and ready. */
const { id } = JSON.parse(process.argv[2]);

const PREPARATIONS = {
  bare: () => undefined,
  instrumentation() {
    const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
    new AerospikeInstrumentation();
  },
  sdk() {
    const { PrometheusExporter } = require('@opentelemetry/exporter-prometheus');
    const { MeterProvider } = require('@opentelemetry/sdk-metrics');
    new MeterProvider({ readers: [new PrometheusExporter({ preventServerStart: true })] });
  },
  prometheus: () =>
    require('opentelemetry-instrumentation-aerospike/prometheus').startMetricsServer({ port: 0 }),
  // By --require.
  register: () => undefined,
  promClient: () => require('prom-client'),
  ddTrace: () => require('dd-trace').init({ startupLogs: false }),
};

async function main() {
  await PREPARATIONS[id]();
  require('aerospike');
  const { user, system } = process.cpuUsage();
  process.send({ cpu: (user + system) / 1000, time: performance.now() }, () => process.exit());
}

void main();
