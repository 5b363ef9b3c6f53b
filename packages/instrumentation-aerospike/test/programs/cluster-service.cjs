// A service with two workers; the primary process does not use aerospike itself.
const cluster = require('node:cluster');

if (cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
  process.stdin.on('end', () => cluster.disconnect());
  process.stdin.resume();
} else {
  const Aerospike = require('aerospike');
  const client = Aerospike.client({ hosts: `worker-${cluster.worker.id}.example:3000` });
  client.get(new Aerospike.Key('test', 'users', 'k'), () => console.log('ready'));
}
