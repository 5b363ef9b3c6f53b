// The same application as an ES module.
import Aerospike from 'aerospike';

const client = await Aerospike.connect({ hosts: process.env.AEROSPIKE_HOSTS });
process.once('SIGTERM', () => client.close());
const key = new Aerospike.Key('test', 'users', 'ada');
await client.put(key, { name: 'Ada' });
await client.get(key);
console.log('ready');
