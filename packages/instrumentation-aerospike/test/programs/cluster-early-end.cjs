// A cluster whose only worker ends as soon as it has made a call: before the event loop has connected it to anything.
const cluster = require('node:cluster');

if (cluster.isPrimary) {
  cluster.fork().on('exit', code => console.log(`ended ${code}`));
  process.stdin.resume();
} else {
  const Aerospike = require('aerospike');
  const client = Aerospike.client({ hosts: 'aero.example:3000' });
  // It is not connected, which is an error of the call.
  client.get(new Aerospike.Key('test', 'users', 'k'), () => setImmediate(() => process.exit(3)));
}
