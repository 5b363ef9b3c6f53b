// A service that serves its metrics itself when there is something on its standard input, on the port that is its
// argument.
const { once } = require('node:events');
const { startMetricsServer } = require('opentelemetry-instrumentation-aerospike/prometheus');
require('./service.cjs');

once(process.stdin, 'data').then(async () => {
  const { url } = await startMetricsServer({ port: Number(process.argv[2]) });
  console.log(`served by the application: ${(await fetch(url)).status}`);
});
