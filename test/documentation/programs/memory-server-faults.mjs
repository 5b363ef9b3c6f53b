import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';

const server = await AerospikeMemoryServer.create();
const client = await Aerospike.connect({ hosts: server.hosts });
const { ERR_TIMEOUT, ERR_RECORD_BUSY } = Aerospike.status;
const user = new Aerospike.Key('test', 'users', 'ada');
await client.put(user, { name: 'Ada' });

await server.inject({ match: { command: 'read', set: 'users' }, times: 3, resultCode: 14 });
await server.inject({ stall: true }); // everything else times out
await assert.rejects(client.get(user), { code: ERR_RECORD_BUSY });
await assert.rejects(client.put(user, {}, {}, { totalTimeout: 50 }), { code: ERR_TIMEOUT });
await server.reset();

assert.equal((await client.get(user)).bins.name, 'Ada');
client.close();
await server.stop();
