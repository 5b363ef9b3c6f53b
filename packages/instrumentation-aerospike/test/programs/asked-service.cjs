// A service that makes an operation, which needs no server, whenever something comes on its standard input.
const Aerospike = require('aerospike');

const client = Aerospike.client({ hosts: 'aero.example:3000' });
process.stdin.on('data', () => {
  client.get(new Aerospike.Key('test', 'users', 'k'), () => undefined);
});
