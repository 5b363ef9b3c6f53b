import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';

// The client finds it in the current directory.
await writeFile(
  'counters.lua',
  `local function one(record) return 1 end
   local function sum(a, b) return a + b end
   function count(stream) return stream : map(one) : reduce(sum) end`,
);

const server = await AerospikeMemoryServer.create();
const client = await Aerospike.connect({ hosts: server.hosts });
const key = new Aerospike.Key('test', 'pages', 'home');

await server.registerUdf('counters', {
  add(record, bin, by) {
    record.bins[bin] = (record.bins[bin] ?? 0) + by;
    record.save();
    return record.bins[bin];
  },
  count(records) {
    return [...records].length;
  },
});

await client.apply(key, { module: 'counters', funcname: 'add', args: ['hits', 1] });
const pages = await client.query('test', 'pages').apply('counters', 'count'); // reduced by the client's own counters.lua

assert.equal((await client.get(key)).bins.hits, 1);
assert.equal(pages, 1);
client.close();
await server.stop();
