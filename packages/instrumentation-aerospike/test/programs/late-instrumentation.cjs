// A service that loads aerospike, and sets up traces and this instrumentation when there is something on its standard
// input; with the argument `metrics` an SDK for them too.
const { once } = require('node:events');
require('aerospike');

once(process.stdin, 'data').then(() => {
  if (process.argv[2] === 'metrics') require('./own-sdk.cjs');
  require('./own-instrumentation.cjs');
  // What it has set up is complete now.
  setImmediate(() => setImmediate(() => require('./service.cjs')));
});
