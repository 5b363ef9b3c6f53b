import assert from 'node:assert/strict';
import Aerospike, { type Client } from 'aerospike';
import { newKey, running, withCode } from '../support/running-server';

const { admin, batchType: BT, operations: op, privilegeCode } = Aerospike;
const read = new admin.Privilege(privilegeCode.READ);

/** Client 5 knows no transactions, and gives nothing to wait for when it changes users and roles. */
const isClient5 = !('Transaction' in Aerospike);

const USER_ADMINISTRATION: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  createUser: client => client.createUser('me', 'secret', ['read']),
  dropUser: client => client.dropUser('me'),
  grantRoles: client => client.grantRoles('me', ['read']),
  revokeRoles: client => client.revokeRoles('me', ['read']),
  queryUser: client => client.queryUser('me'),
  queryUsers: client => client.queryUsers(),
  createRole: client => client.createRole('role', [read], null, [], 0, 0),
  dropRole: client => client.dropRole('role'),
  grantPrivileges: client => client.grantPrivileges('role', [read]),
  revokePrivileges: client => client.revokePrivileges('role', [read]),
  setWhitelist: client => client.setWhitelist('role', ['127.0.0.1']),
  setQuotas: client => client.setQuotas('role', 1, 1),
  queryRole: client => client.queryRole('role'),
  queryRoles: client => client.queryRoles(),
};

describe('what the Community Edition has not', () => {
  const context = running();

  for (const [name, call] of Object.entries(USER_ADMINISTRATION)) {
    if (isClient5 && !name.startsWith('query')) continue;
    it(`${name} gets code 51`, async () => {
      await assert.rejects(call(context().client), withCode(51));
    });
  }

  if (isClient5) return;

  it('setXDRFilter gets code 25', async () => {
    await assert.rejects(context().client.setXDRFilter(null, 'dc', 'test'), withCode(25));
  });

  it('a transaction gets code 25 for every command in it, and can be aborted', async () => {
    const { client } = context();
    const txn = new Aerospike.Transaction();
    const keys = [newKey(), newKey()];
    await assert.rejects(
      client.put(newKey(), { a: 1 }, {}, new Aerospike.WritePolicy({ txn })),
      withCode(25),
    );
    const policy = new Aerospike.BatchPolicy({ txn: new Aerospike.Transaction() });
    const rows = keys.map(key => ({ type: BT.BATCH_WRITE, key, ops: [op.write('a', 1)] }));
    const results = await client.batchWrite(rows, policy);
    assert.deepEqual(
      results.map(({ status }) => status),
      [25, 25],
    );
    assert.equal(await client.abort(txn), 4);
  });
});
