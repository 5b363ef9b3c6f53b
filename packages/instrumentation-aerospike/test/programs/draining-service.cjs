// A service that handles SIGTERM once, makes another operation when its standard input ends, and ends by itself.
const Aerospike = require('aerospike');

process.stdin.once('end', () => {
  const client = Aerospike.client({ hosts: 'aero.example:3000' });
  client.get(new Aerospike.Key('drained', 'users', 'k'), () => undefined);
});

require('./graceful-once-service.cjs');
