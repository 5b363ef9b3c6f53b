import assert from 'node:assert/strict';
import * as Aerospike from 'aerospike';
import { TestClient } from './support/client';
import { Telemetry } from './support/telemetry';

const { Key } = Aerospike;

describe('the namespace and the set of a batch', () => {
  const test = new TestClient('batches');
  let telemetry: Telemetry;

  before(() => test.open());
  after(() => test.close());

  beforeEach(() => {
    telemetry = new Telemetry();
  });
  afterEach(() => telemetry.shutdown());

  const users = new Key('test', 'users', 'a');
  const cases: [title: string, keys: object[], namespace?: string, set?: string][] = [
    ['are those that all keys share', [users, new Key('test', 'users', 'b')], 'test', 'users'],
    ['are those of a single key', [users], 'test', 'users'],
    ['leave out a set that differs', [users, new Key('test', 'carts', 'a')], 'test'],
    ['leave out a set that only some have', [users, new Key('test', null, 'a')], 'test'],
    ['leave out a set that none has', ['a', 'b'].map(key => new Key('test', null, key)), 'test'],
    ['leave out both when all differs', [users, new Key('nowhere', 'carts', 'a')]],
    [
      'leave out a namespace that differs',
      [users, new Key('nowhere', 'users', 'a')],
      undefined,
      'users',
    ],
    ['leave out both of no keys', []],
  ];

  for (const [title, keys, namespace, set] of cases) {
    it(title, async () => {
      const records = keys.map(key => ({ key, readAllBins: true }));
      await test.connected.batchRead(records as never[]).catch(() => undefined);
      await test.connected.batchGet(keys as never[]).catch(() => undefined);
      assert.deepEqual(
        (await telemetry.attributes()).map(attributes => [
          attributes['db.operation.name'],
          attributes['db.namespace'],
          attributes['db.collection.name'],
        ]),
        [
          ['batch_read', namespace, set],
          ['batch_get', namespace, set],
        ],
      );
    });
  }
});
