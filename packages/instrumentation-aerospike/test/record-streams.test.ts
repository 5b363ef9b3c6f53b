import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as Aerospike from 'aerospike';
import { TestClient } from './support/client';
import { programPath, runNode } from './support/program';
import { Telemetry } from './support/telemetry';

const SET = 'streams';
const RECORDS = 20;

/** What foreach gives, of a scan and of a query. */
type Statement = Aerospike.Scan | Aerospike.Query;

describe('record streams', () => {
  const test = new TestClient(SET);
  let telemetry: Telemetry;

  before(async () => {
    await test.open();
    for (let n = 0; n < RECORDS; n++) {
      await test.connected.put(new Aerospike.Key('test', SET, `record-${n}`), { n });
    }
  });
  after(() => test.close());

  beforeEach(() => {
    telemetry = new Telemetry();
  });
  afterEach(() => telemetry.shutdown());

  const KINDS: [kind: string, make: () => Statement][] = [
    ['scan', () => test.connected.scan('test', SET)],
    ['query', () => test.connected.query('test', SET)],
  ];

  /** A query that fails: no index serves it. */
  function failingQuery(): Aerospike.Query {
    const query = test.connected.query('test', SET);
    query.where(Aerospike.filter.equal('no-index', 1));
    return query;
  }

  /** Asserts the one measurement there is. */
  async function assertMeasured(operation: string, failure?: { type: string; code: string }) {
    assert.deepEqual(await telemetry.counts(), [
      [
        {
          'db.system.name': 'aerospike',
          'db.namespace': 'test',
          'db.collection.name': SET,
          'db.operation.name': operation,
          ...test.serverAttributes,
          ...(failure && { 'error.type': failure.type, 'db.response.status_code': failure.code }),
        },
        1,
      ],
    ]);
  }

  for (const [kind, make] of KINDS) {
    describe(`of a ${kind}`, () => {
      it('give one measurement for results', async () => {
        assert.equal((await make().results()).length, RECORDS);
        await assertMeasured(kind);
      });

      it('give one measurement for foreach with listeners added', async () => {
        const stream = make().foreach();
        let records = 0;
        stream.on('data', () => records++);
        await once(stream, 'end');
        assert.equal(records, RECORDS);
        await assertMeasured(kind);
      });

      it('give one measurement for foreach with listeners given', async () => {
        const records = await new Promise<number>((resolve, reject) => {
          let count = 0;
          make().foreach(
            null,
            () => count++,
            reject,
            () => {
              resolve(count);
            },
          );
        });
        assert.equal(records, RECORDS);
        await assertMeasured(kind);
      });

      it('last from foreach to their end', async () => {
        const startTime = performance.now();
        const stream = make().foreach();
        await once(stream, 'end');
        const elapsedSeconds = (performance.now() - startTime) / 1000;
        const [point] = await telemetry.dataPoints();
        const sum = point?.value.sum ?? NaN;
        assert.ok(sum > 0 && sum <= elapsedSeconds, `0 < ${sum} <= ${elapsedSeconds}`);
      });

      it('are not measured before their end', async () => {
        const stream = make().foreach();
        assert.deepEqual(await telemetry.counts(), []);
        await once(stream, 'end');
      });

      it('have no listener that the application has not added', async () => {
        const stream = make().foreach();
        const counts = ['data', 'error', 'end'].map(event => stream.listenerCount(event));
        assert.deepEqual(counts, [0, 0, 0]);
        await once(stream, 'end');
      });

      it('are measured once when aborted', async () => {
        const stream = make().foreach();
        const end = once(stream, 'end');
        stream.abort();
        await assertMeasured(kind);
        await end;
        await assertMeasured(kind);
      });

      it('are measured once when aborted after a record', async () => {
        const stream = make().foreach();
        stream.on('data', () => {
          stream.abort();
        });
        await once(stream, 'end');
        await assertMeasured(kind);
      });

      it('are measured once when aborted after their end, which then comes twice', async () => {
        const stream = make().foreach();
        await once(stream, 'end');
        const secondEnd = once(stream, 'end');
        stream.abort();
        await secondEnd;
        await assertMeasured(kind);
      });

      it('are measured when foreach throws', async () => {
        const statement = make();
        assert.throws(() => statement.foreach('policy' as never));
        const [attributes] = await telemetry.attributes();
        assert.equal(attributes?.['error.type'], 'InvalidArgument');
      });

      it('fail with Connection on a closed client', async () => {
        const { code, stdout, stderr } = await runNode(
          '--require',
          programPath('telemetry.cjs'),
          programPath('closed-stream.cjs'),
          kind,
        );
        assert.equal(stdout, `uncaught TypeError\n[["${kind}",1,"Connection"]]\n`, stderr);
        assert.equal(code, 0);
      });
    });
  }

  const NO_INDEX = { type: 'IndexNotFound', code: '201' };

  it('fail with the error that the application gets', async () => {
    await assert.rejects(failingQuery().results(), { code: 201 });
    await assertMeasured('query', NO_INDEX);
  });

  it('are measured once when aborted after an error', async () => {
    const stream = failingQuery().foreach();
    await once(stream, 'error').catch(() => undefined);
    const end = once(stream, 'end');
    stream.abort();
    await end;
    await assertMeasured('query', NO_INDEX);
  });

  it('name the function of the server that goes over the records', async () => {
    const query = test.connected.query('test', SET);
    query.setUdf('instrumentation', 'no_such_function');
    await query.results().catch(() => undefined);
    const [attributes] = await telemetry.attributes();
    assert.equal(attributes?.['db.stored_procedure.name'], 'instrumentation.no_such_function');
  });

  it('give one measurement for each page', async () => {
    const scan = test.connected.scan('test', SET, { paginate: true });
    const pages: number[] = [];
    do {
      pages.push((await scan.results(new Aerospike.ScanPolicy({ maxRecords: 8 }))).length);
    } while (scan.hasNextPage());
    assert.deepEqual(pages, [8, 8, 4]);
    assert.deepEqual(
      (await telemetry.counts()).map(([, count]) => count),
      [3],
    );
  });

  it('measure what their listeners call on its own', async () => {
    const stream = test.connected.scan('test', SET).foreach();
    const gets: Promise<unknown>[] = [];
    stream.on('data', ({ key }: Aerospike.AerospikeRecord) => {
      gets.push(test.connected.exists(key));
    });
    await once(stream, 'end');
    await Promise.all(gets);
    assert.deepEqual(
      (await telemetry.counts()).map(([attributes, count]) => [
        attributes['db.operation.name'],
        count,
      ]),
      [
        ['scan', 1],
        ['exists', RECORDS],
      ],
    );
  });

  it('that are aggregated give one measurement, in promise and in callback style', async () => {
    const { code, stdout, stderr } = await runNode(
      '--require',
      programPath('telemetry.cjs'),
      programPath('aggregation.cjs'),
      test.hosts,
    );
    assert.deepEqual([code, stdout], [0, `${RECORDS}\n${RECORDS}\n[["query_apply",2]]\n`], stderr);
  });

  describe('in a process of their own', () => {
    for (const situation of ['error-without-listener', 'listener-throws'] as const) {
      it(`end as without us: ${situation}`, async () => {
        const program = [programPath('failing-stream.cjs'), test.hosts, situation];
        const bare = await runNode(...program);
        const instrumented = await runNode('--require', programPath('telemetry.cjs'), ...program);
        assert.match(bare.stdout, /^uncaught /);
        assert.ok(instrumented.stdout.startsWith(bare.stdout), instrumented.stdout);
        assert.equal(instrumented.code, bare.code);
        const measured = instrumented.stdout.slice(bare.stdout.length);
        assert.equal(
          measured,
          situation === 'listener-throws' ? '[["scan",1]]\n' : '[["query",1,"IndexNotFound"]]\n',
        );
      });
    }
  });
});
