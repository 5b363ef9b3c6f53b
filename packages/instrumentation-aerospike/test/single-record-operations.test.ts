import assert from 'node:assert/strict';
import * as Aerospike from 'aerospike';
import { SINGLE_RECORD_CALLS, type Keys } from './support/calls';
import { call, STYLES } from './support/outcome';
import { connect, serverAttributes, startServer, type TestServer } from './support/server';
import { Telemetry } from './support/telemetry';

const SET = 'single-record';

describe('single-record operations', () => {
  const keys: Keys = {
    existing: new Aerospike.Key('test', SET, 'existing'),
    missing: new Aerospike.Key('test', SET, 'missing'),
  };
  let server: TestServer;
  let client: Aerospike.Client;
  let telemetry: Telemetry;

  before(async () => {
    server = await startServer();
    client = await connect(server);
  });

  beforeEach(async () => {
    await client.put(keys.existing, { n: 1, s: 'text' });
    telemetry = new Telemetry();
  });

  afterEach(() => telemetry.shutdown());

  after(async () => {
    client.close();
    await server.stop();
  });

  for (const { title, method, operation, args, failure } of SINGLE_RECORD_CALLS) {
    for (const style of STYLES) {
      it(`records one measurement for ${title} in ${style} style`, async () => {
        const startTime = performance.now();
        const outcome = await call(client, method, args(keys), style);
        const elapsedSeconds = (performance.now() - startTime) / 1000;

        const points = await telemetry.dataPoints();
        assert.deepEqual(
          points.map(({ attributes }) => attributes),
          [
            {
              'db.system.name': 'aerospike',
              'db.namespace': 'test',
              'db.collection.name': SET,
              'db.operation.name': operation,
              ...serverAttributes(server),
              ...(failure && {
                'error.type': failure.type,
                'db.response.status_code': failure.code,
              }),
            },
          ],
          JSON.stringify(outcome),
        );
        const { count, sum = NaN } = points[0]?.value ?? { count: 0 };
        assert.equal(count, 1);
        assert.ok(sum > 0 && sum <= elapsedSeconds, `0 < ${sum} <= ${elapsedSeconds}`);
      });
    }
  }

  it('leaves out the set of a key that has none', async () => {
    for (const set of [null, undefined, '']) {
      await client.put({ ns: 'test', set, key: 'no set' } as unknown as Aerospike.Key, { n: 1 });
    }
    assert.deepEqual(
      (await telemetry.counts()).map(([attributes, count]) => [
        'db.collection.name' in attributes,
        count,
      ]),
      [[false, 3]],
    );
  });

  it('records the operations of different namespaces, sets and operations separately', async () => {
    const other = new Aerospike.Key('test', `${SET}-2`, 'existing');
    await client.put(other, { n: 1 });
    await client.get(other);
    await client.get(keys.existing);
    await client.get(keys.existing);
    const counts = await telemetry.counts();
    assert.deepEqual(
      counts.map(([attributes, count]) => [
        attributes['db.collection.name'],
        attributes['db.operation.name'],
        count,
      ]),
      [
        [`${SET}-2`, 'put', 1],
        [`${SET}-2`, 'get', 1],
        [SET, 'get', 2],
      ],
    );
  });

  it('records what a callback calls as a measurement of its own', async () => {
    await new Promise<void>((resolve, reject) => {
      client.append(keys.existing, { s: '!' }, error => {
        if (error) reject(error);
        client.operate(keys.existing, [Aerospike.operations.read('s')], failure => {
          if (failure) reject(failure);
          else resolve();
        });
      });
    });
    assert.deepEqual(
      (await telemetry.counts()).map(([attributes, count]) => [
        attributes['db.operation.name'],
        count,
      ]),
      [
        ['append', 1],
        ['operate', 1],
      ],
    );
  });

  it('counts every one of many operations in flight at once', async () => {
    await Promise.all(Array.from({ length: 90 }, () => client.get(keys.existing)));
    assert.deepEqual(
      (await telemetry.counts()).map(([, count]) => count),
      [90],
    );
  });
});
