import * as Aerospike from 'aerospike';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { PATIENT } from '@test/support';
import { add } from './functions';

/** How many records there are that each program may remove. */
const REMOVABLE = 10;

/** A memory server with what the calls of the table work on. */
export async function databaseOfCalls(): Promise<AerospikeMemoryServer> {
  const database = await AerospikeMemoryServer.create();
  await database.registerUdf('counters', { add });
  await fill(database.hosts);
  return database;
}

/** Records and an index that the calls need. */
async function fill(hosts: string): Promise<void> {
  const client = await Aerospike.connect({ ...PATIENT, hosts });
  const names = ['one', 'two'];
  for (const service of ['node', 'python']) {
    for (let number = 0; number < REMOVABLE; number++) names.push(`${service}-${number}`);
  }
  for (const name of names) {
    await client.put(new Aerospike.Key('test', 'users', name), { n: 1, s: 's' });
  }
  await client.put(new Aerospike.Key('test', 'carts', 'one'), { n: 1 });
  const index = { ns: 'test', set: 'users', bin: 'n', index: 'by-n' };
  await (await client.createIntegerIndex(index)).wait();
  client.close();
}
