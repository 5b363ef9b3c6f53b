// A process whose shutdown never ends, and that has nothing else to do.
const { diag } = require('@opentelemetry/api');
const { exportAtEnd } = require('../../build/src/processes/process-end.js');

diag.setLogger({ ...console, verbose: console.debug });

const [waits = ''] = process.argv.slice(2);
process.exitCode = 3;
exportAtEnd({ shutdown: () => new Promise(() => setInterval(() => undefined, 1000)) }, 50);
if (waits) {
  process.once('beforeExit', () => setTimeout(() => process.exit(4), 200));
}
