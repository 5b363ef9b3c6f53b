// Prints which files of the package are loaded with the client, and which more when a scrape has been answered in each
// of the formats that are given as arguments.
const { sep } = require('node:path');

const PACKAGE = 'opentelemetry-instrumentation-aerospike';
const ours = () => {
  const [folder] = require.resolve(PACKAGE).split(`${sep}build${sep}`);
  return Object.keys(require.cache)
    .filter(file => file.startsWith(folder))
    .map(file => file.split(`${sep}src${sep}`)[1]?.split(sep).join('/'));
};

async function main() {
  require('aerospike');
  const steps = [ours()];
  const { AerospikePrometheusExporter } = require(`${PACKAGE}/prometheus`);
  const exporter = new AerospikePrometheusExporter({ preventServerStart: true });
  const { createServer } = require('node:http');
  const server = createServer((request, response) => {
    exporter.getMetricsRequestHandler(request, response);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const { MeterProvider } = require('@opentelemetry/sdk-metrics');
  new MeterProvider({ readers: [exporter] });
  for (const accept of process.argv.slice(2)) {
    const before = new Set(ours());
    const headers = { accept, 'accept-encoding': 'identity' };
    await (await fetch(`http://127.0.0.1:${port}/`, { headers })).arrayBuffer();
    steps.push(ours().filter(file => !before.has(file)));
  }
  console.log(JSON.stringify(steps));
  process.exit();
}

void main();
