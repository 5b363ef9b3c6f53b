// A CommonJS service that knows nothing of telemetry: one operation, which needs no server, and then it waits for the
// end of its standard input.
const Aerospike = require('aerospike');

const client = Aerospike.client({ hosts: 'aero.example:3000' });
client.get(new Aerospike.Key('test', 'users', 'k'), () => {
  console.log('ready');
  process.stdin.resume();
});
