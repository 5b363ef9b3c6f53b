/* In a process of its own: what it takes until the client, and what measures it, are loaded and ready. */
const { createRequire } = require('node:module');

const { id } = JSON.parse(process.argv[2]);
/** The copies that this package has: what it is compared with brings its own into this folder. */
const requireAsOurs = createRequire(require.resolve('opentelemetry-instrumentation-aerospike'));

const PREPARATIONS = {
  bare: () => undefined,
  base: () => requireAsOurs('@opentelemetry/instrumentation'),
  instrumentation() {
    const { AerospikeInstrumentation } = require('opentelemetry-instrumentation-aerospike');
    new AerospikeInstrumentation();
  },
  sdk: loadSdk,
  hook() {
    const {
      InstrumentationBase,
      InstrumentationNodeModuleDefinition,
      InstrumentationNodeModuleFile,
    } = requireAsOurs('@opentelemetry/instrumentation');
    class Idle extends InstrumentationBase {
      init() {
        const unchanged = exports => exports;
        const files = ['client', 'query', 'scan', 'job'].map(
          name =>
            new InstrumentationNodeModuleFile(
              `aerospike/lib/${name}.js`,
              ['*'],
              unchanged,
              () => {},
            ),
        );
        return new InstrumentationNodeModuleDefinition(
          'aerospike',
          ['*'],
          unchanged,
          undefined,
          files,
        );
      }
    }
    new Idle('idle', '1.0.0', {});
    loadSdk();
  },
  prometheus: () =>
    require('opentelemetry-instrumentation-aerospike/prometheus').startMetricsServer({ port: 0 }),
  // By --require.
  register: () => undefined,
  promClient: () => require('prom-client'),
  ddTrace: () => require('dd-trace').init({ startupLogs: false }),
};

function loadSdk() {
  const { PrometheusExporter } = requireAsOurs('@opentelemetry/exporter-prometheus');
  const { MeterProvider } = requireAsOurs('@opentelemetry/sdk-metrics');
  new MeterProvider({ readers: [new PrometheusExporter({ preventServerStart: true })] });
}

async function main() {
  await PREPARATIONS[id]();
  require('aerospike');
  const { user, system } = process.cpuUsage();
  process.send({ cpu: (user + system) / 1000, time: performance.now() }, () => process.exit());
}

void main();
