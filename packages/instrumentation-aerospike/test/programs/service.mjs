// The same service as an ES module.
import Aerospike, { Key } from 'aerospike';

const client = Aerospike.client({ hosts: 'aero.example:3000' });
await client.get(new Key('test', 'users', 'k')).catch(() => undefined);
console.log('ready');
process.stdin.resume();
