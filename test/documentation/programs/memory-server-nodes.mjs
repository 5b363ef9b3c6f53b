import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';

const server = await AerospikeMemoryServer.create({ nodes: 3 });
const client = await Aerospike.connect({ hosts: server.hosts }); // sees A1, B1 and C1

await server.nodes[1].kill(); // its own commands fail with -6, then the others take over
await server.nodes[1].restart();
await server.inject({ match: { node: 'C1' }, latencyMs: 250 }); // one slow node

assert.deepEqual(
  server.nodes.map(({ name }) => name),
  ['A1', 'B1', 'C1'],
);
client.close();
await server.stop();
