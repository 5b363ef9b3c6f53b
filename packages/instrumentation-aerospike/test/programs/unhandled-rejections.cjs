// Leaves the rejections of several operations unhandled, and prints each as Node.js reports it.
const Aerospike = require('aerospike');

const hosts = process.argv[2];
const missing = new Aerospike.Key('test', 'unhandled', 'missing');

process.on('unhandledRejection', (reason, promise) => {
  console.log(`unhandledRejection ${reason.name} ${reason.code} ${promise === expected}`);
  operations.shift()?.();
});
process.on('rejectionHandled', () => console.log('rejectionHandled'));

let expected;
let connected;
const operations = [
  () => (expected = connected.get(missing)),
  () => (expected = connected.get('no key')),
  () => (expected = connected.operate(missing, [Aerospike.operations.read('n')])),
  () => (expected = connected.append(missing, { s: '' }, null, { exists: 'wrong' })),
  () => connected.close(),
];

Aerospike.connect({ hosts }).then(client => {
  connected = client;
  expected = Aerospike.client({ hosts }).get(missing);
});
