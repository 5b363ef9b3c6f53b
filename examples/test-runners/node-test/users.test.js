const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const Aerospike = require('aerospike');
const { AerospikeMemoryServer } = require('aerospike-memory-server');
const users = require('./users');

let server;
let client;

before(async () => {
  server = await AerospikeMemoryServer.create();
  client = await Aerospike.connect({ hosts: server.hosts });
});

after(async () => {
  client.close();
  await server.stop();
});

test('a user has the name that was saved', async () => {
  await users.save(client, 'ada', 'Ada');
  assert.equal(await users.nameOf(client, 'ada'), 'Ada');
});

test('a user who was not saved is not found', async () => {
  await assert.rejects(users.nameOf(client, 'nobody'), { code: 2 });
});
