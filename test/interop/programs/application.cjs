// An application that knows nothing of telemetry: it writes a record, reads it, and then waits until it is ended.
const Aerospike = require('aerospike');

async function main() {
  const client = await Aerospike.connect({ hosts: process.env.AEROSPIKE_HOSTS });
  const key = new Aerospike.Key('test', 'users', 'ada');
  await client.put(key, { name: 'Ada' });
  await client.get(key);
  console.log('ready');
}

void main();
