import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as Aerospike from 'aerospike';
import { TestClient } from './support/client';
import { Telemetry } from './support/telemetry';
import { Tracing } from './support/tracing';

describe('what applications do to the client, or give it', () => {
  const test = new TestClient('odd-applications');
  let telemetry: Telemetry;
  let tracing: Tracing;

  before(() => test.open());
  after(() => test.close());

  beforeEach(async () => {
    await test.reset();
    telemetry = new Telemetry();
    tracing = new Tracing();
    telemetry.instrumentation.setTracerProvider(tracing.provider);
  });
  afterEach(async () => {
    await telemetry.shutdown();
    await tracing.shutdown();
  });

  const get = () => test.connected.get(test.keys.existing);

  /** Operation, error type and count of each series. */
  async function counts(): Promise<unknown[][]> {
    return (await telemetry.counts()).map(([attributes, count]) => [
      attributes['db.operation.name'],
      ...(attributes['error.type'] === undefined ? [] : [attributes['error.type']]),
      count,
    ]);
  }

  describe('a batch row that the native client cannot parse is measured once, and its span ends:', () => {
    const { BATCH_READ, BATCH_WRITE } = Aerospike.batchType;
    const bad = () => ({ type: BATCH_READ, key: test.keys.existing, ops: [] });
    const good = () => ({ type: BATCH_READ, key: test.keys.existing, readAllBins: true });
    const batches: [title: string, make: () => Promise<unknown>][] = [
      ['alone', () => test.connected.batchRead([bad()])],
      ['after a good one', () => test.connected.batchRead([good(), bad()])],
      ['before a good one', () => test.connected.batchRead([bad(), good()])],
      [
        'in callback style',
        () =>
          new Promise(resolve => {
            test.connected.batchRead([bad()], resolve);
          }),
      ],
      [
        'written',
        () =>
          test.connected.batchWrite([
            {
              type: BATCH_WRITE,
              key: test.keys.existing,
              ops: [Aerospike.operations.write('n', () => 1)],
            },
          ]),
      ],
    ];
    for (const [title, make] of batches) {
      it(title, async () => {
        await make().catch(() => undefined);
        const measured = await telemetry.counts();
        assert.deepEqual(
          measured.map(([, count]) => count),
          [1],
        );
        assert.equal(tracing.operations.length, 1);
      });
    }
  });

  it('a clock that is replaced while an operation runs does not make its duration meaningless', async () => {
    const now = performance.now.bind(performance);
    const promise = get();
    performance.now = () => -1e9;
    try {
      await promise;
    } finally {
      performance.now = now;
    }
    const [{ value } = assert.fail('nothing is measured')] = await telemetry.dataPoints();
    assert.equal(value.count, 1);
    const { sum = NaN } = value;
    assert.ok(sum >= 0 && sum < 60, `${sum} s`);
  });

  it('a subclass that leaves the work to a later turn is measured once, and its rejection stays handled', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    let inner: Promise<unknown> | undefined;
    class LaterClient extends Aerospike.Client {
      override operate(...args: never[]): never {
        const later = Promise.resolve().then(() =>
          (super.operate as (...given: never[]) => Promise<unknown>).apply(this, args),
        );
        inner = later.catch(() => undefined);
        return later as never;
      }
    }
    const client = new LaterClient({ hosts: '127.0.0.1:1' });
    try {
      void client.append(test.keys.existing, { s: '.' });
      await inner;
      await new Promise(resolve => setImmediate(resolve));
    } finally {
      process.off('unhandledRejection', note);
    }
    assert.deepEqual(unhandled, []);
    assert.deepEqual(await counts(), [['operate', 'Connection', 1]]);
  });

  it('a stub that was there before, and is restored, does not end the measuring', async () => {
    const prototype = Aerospike.Client.prototype as unknown as Record<string, unknown>;
    telemetry.instrumentation.disable();
    const { get: original } = prototype;
    prototype.get = Object.assign(() => Promise.resolve('stubbed'), { callCount: 7 });
    telemetry.instrumentation.enable();
    try {
      assert.equal((prototype.get as { callCount?: number }).callCount, 7);
      prototype.get = original;
      telemetry.instrumentation.disable();
      telemetry.instrumentation.enable();
      await get();
      assert.deepEqual(await counts(), [['get', 1]]);
    } finally {
      telemetry.instrumentation.disable();
      prototype.get = original;
    }
  });

  it('a stream that somebody freezes is returned as it is', () => {
    const prototype = Aerospike.Scan.prototype as unknown as Record<string, unknown>;
    telemetry.instrumentation.disable();
    const { foreach } = prototype as { foreach: (...args: unknown[]) => object };
    prototype.foreach = function (this: unknown, ...args: unknown[]) {
      return Object.freeze(foreach.apply(this, args));
    };
    telemetry.instrumentation.enable();
    try {
      const stream = test.connected.scan('test', test.set).foreach();
      assert.ok(Object.isFrozen(stream));
    } finally {
      telemetry.instrumentation.disable();
      prototype.foreach = foreach;
    }
  });

  it('names that cannot exist make no series of their own, and lone surrogates one', async () => {
    const sets = ['x'.repeat(64), 'y'.repeat(64), 'ü'.repeat(32)];
    for (const set of sets) {
      await test.connected.get({ ns: 'test', set, key: 1 }).catch(() => undefined);
    }
    for (const set of ['\ud800', '\ud801']) {
      await test.connected.get({ ns: 'test', set, key: 1 }).catch(() => undefined);
    }
    const collections = (await telemetry.counts()).map(([attributes, count]) => [
      attributes['db.collection.name'],
      count,
    ]);
    const withSet = collections.filter(([set]) => set !== undefined);
    assert.deepEqual(withSet, [['\ufffd', 2]]);
    const withoutSet = collections.filter(([set]) => set === undefined);
    assert.equal(
      withoutSet.reduce((sum, [, count]) => sum + Number(count), 0),
      sets.length,
    );
  });

  it('the polls of wait() are no operations of the application', async () => {
    const { connected } = test;
    const index = 'odd-applications-index';
    const job = await connected.createIntegerIndex({ ns: 'test', set: test.set, bin: 'n', index });
    await job.wait(10);
    await connected.indexRemove('test', index);
    assert.deepEqual(await counts(), [
      ['create_index', 1],
      ['remove_index', 1],
    ]);
  });

  it('a scan is measured once, whatever its stream emits', async () => {
    const stream = test.connected.scan('test', test.set).foreach();
    await once(stream, 'end');
    stream.abort();
    assert.deepEqual(await counts(), [['scan', 1]]);
  });
});
