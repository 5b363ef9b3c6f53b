// The same application in TypeScript. It is compiled to both formats of modules.
import Aerospike, { Key, type Client } from 'aerospike';

async function main(): Promise<void> {
  const client: Client = await Aerospike.connect({ hosts: process.env.AEROSPIKE_HOSTS ?? '' });
  process.once('SIGTERM', () => {
    client.close();
  });
  const key = new Key('test', 'users', 'ada');
  await client.put(key, { name: 'Ada' });
  await client.get(key);
  console.log('ready');
}

void main();
