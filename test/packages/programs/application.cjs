// An application that knows nothing of telemetry: it writes a record, reads it, and then waits until it is asked to end.
const Aerospike = require('aerospike');

async function main() {
  const client = await Aerospike.connect({ hosts: process.env.AEROSPIKE_HOSTS });
  process.once('SIGTERM', () => client.close());
  const key = new Aerospike.Key('test', 'users', 'ada');
  await client.put(key, { name: 'Ada' });
  await client.get(key);
  console.log('ready');
}

void main();
