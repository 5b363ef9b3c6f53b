import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';

const server = await AerospikeMemoryServer.create({ nodes: 3 });
const client = await Aerospike.connect({ hosts: server.hosts }); // sees A1, B1 and C1
const names = client.getNodes().map(({ name }) => name);
assert.deepEqual(names.sort(), ['A1', 'B1', 'C1']);

const keys = Array.from({ length: 30 }, (_, n) => new Aerospike.Key('test', 'users', `user-${n}`));
const policy = { totalTimeout: 0, maxRetries: 0 };
const putAll = () => Promise.allSettled(keys.map(key => client.put(key, { n: 1 }, {}, policy)));
const codesOf = results => results.flatMap(({ reason }) => reason?.code ?? []);
assert.deepEqual(codesOf(await putAll()), []);

await server.nodes[1].kill(); // its own commands fail with -6, then the others take over
await server.nodes[1].restart();
await server.inject({ match: { node: 'C1' }, latencyMs: 250 }); // one slow node
while (codesOf(await putAll()).length > 0);

const start = performance.now();
await putAll();
assert.ok(performance.now() - start > 200);
client.close();
await server.stop();
