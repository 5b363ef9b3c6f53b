// A service that is asked to end, makes another operation when its standard input ends, and ends by itself.
const Aerospike = require('aerospike');

process.once('SIGTERM', () => {
  console.log('draining');
  process.exitCode = 7;
});
process.stdin.once('end', () => {
  const client = Aerospike.client({ hosts: 'aero.example:3000' });
  client.get(new Aerospike.Key('drained', 'users', 'k'), () => undefined);
});

require('./service.cjs');
