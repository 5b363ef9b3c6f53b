import Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as users from './users.js';

let server;
let client;

beforeAll(async () => {
  server = await AerospikeMemoryServer.create();
  client = await Aerospike.connect({ hosts: server.hosts });
});

afterAll(async () => {
  client.close();
  await server.stop();
});

test('a user has the name that was saved', async () => {
  await users.save(client, 'ada', 'Ada');
  expect(await users.nameOf(client, 'ada')).toBe('Ada');
});

test('a user who was not saved is not found', async () => {
  await expect(users.nameOf(client, 'nobody')).rejects.toMatchObject({ code: 2 });
});
