import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  context,
  createContextKey,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { AlwaysOffSampler, ParentBasedSampler, type ReadableSpan } from '@opentelemetry/sdk-trace';
import * as Aerospike from 'aerospike';
import { CALLS, expectedAttributes, isPossible } from './support/calls';
import { TestClient } from './support/client';
import { STYLES } from './support/outcome';
import { Telemetry } from './support/telemetry';
import { followContext, Tracing } from './support/tracing';

const SET = 'tracing';
const RECORDS = 3;

describe('spans', () => {
  const test = new TestClient(SET);
  let telemetry: Telemetry;
  let tracing: Tracing;

  followContext();

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

  /** The one span that has ended. */
  function theSpan(): ReadableSpan {
    const [span, ...others] = tracing.spans;
    assert.ok(span, 'no span has ended');
    assert.deepEqual(
      others.map(({ name }) => name),
      [],
    );
    return span;
  }

  const get = () => test.connected.get(test.keys.existing);
  const getWithCallback = () =>
    new Promise<void>((resolve, reject) => {
      test.connected.get(test.keys.existing, error => {
        if (error) reject(error);
        else resolve();
      });
    });

  describe('have the name, kind, attributes and status of their operation:', () => {
    for (const call of Object.values(CALLS).flat().filter(isPossible)) {
      for (const style of STYLES) {
        it(`${call.title} in ${style} style`, async () => {
          await test.make(call, style);
          const span = theSpan();
          const expected = expectedAttributes(call, test.keys);
          const target =
            expected['db.collection.name'] ??
            expected['db.stored_procedure.name'] ??
            expected['db.namespace'] ??
            test.hosts.split(',')[0];
          assert.equal(span.name, `${call.operation} ${String(target)}`);
          assert.equal(span.kind, SpanKind.CLIENT);
          const attributes = { ...span.attributes };
          delete attributes['db.operation.batch.size'];
          assert.deepEqual(attributes, { ...expected, ...test.serverAttributes });
          assert.deepEqual(span.status, {
            code: call.failure === undefined ? SpanStatusCode.UNSET : SpanStatusCode.ERROR,
          });
          assert.deepEqual(span.events, []);
        });
      }
    }
  });

  it('last as long as what is measured', async () => {
    await get();
    const [seconds, nanoseconds] = theSpan().duration;
    const [point] = await telemetry.dataPoints();
    const difference = Math.abs(seconds * 1e9 + nanoseconds - (point?.value.sum ?? NaN) * 1e9);
    // The times of a span are whole nanoseconds.
    assert.ok(difference < 1, `${difference} ns`);
  });

  it('say how many keys a batch has, unless it is one', async () => {
    const { existing, missing } = test.keys;
    await test.connected.batchRead([]);
    await test.connected.batchRead([{ key: existing }]);
    await test.connected.batchRead([{ key: existing }, { key: missing }]);
    assert.deepEqual(
      tracing.spans.map(({ attributes }) => attributes['db.operation.batch.size']),
      [0, undefined, 2],
    );
  });

  it('say how many records a reading batch returned, with returnedRows', async () => {
    telemetry.instrumentation.setConfig({ returnedRows: true });
    const { existing, missing } = test.keys;
    await test.connected.batchRead([{ key: existing }, { key: missing }]);
    await test.connected.batchGet([missing]);
    assert.deepEqual(
      tracing.spans.map(({ attributes }) => attributes['db.response.returned_rows']),
      [1, 0],
    );
  });

  it('say how many records a query and a scan returned, with returnedRows', async () => {
    telemetry.instrumentation.setConfig({ returnedRows: true });
    for (let n = 0; n < RECORDS; n++) {
      await test.connected.put(new Aerospike.Key('test', `${SET}-rows`, n), { n });
    }
    const { connected } = test;
    await connected.query('test', `${SET}-rows`).results();
    await once(connected.scan('test', `${SET}-rows`).foreach(), 'end');
    await connected.scan('test', `${SET}-no-rows`).results();
    assert.deepEqual(
      tracing.spans.slice(RECORDS).map(({ attributes }) => attributes['db.response.returned_rows']),
      [RECORDS, RECORDS, 0],
    );
  });

  it('say nothing of returned records without returnedRows', async () => {
    await test.connected.batchGet([test.keys.existing]);
    assert.equal('db.response.returned_rows' in theSpan().attributes, false);
  });

  it('say nothing of returned records for other operations', async () => {
    telemetry.instrumentation.setConfig({ returnedRows: true });
    await get();
    assert.equal('db.response.returned_rows' in theSpan().attributes, false);
  });

  it('end once for a stream that is aborted after its end', async () => {
    const stream = test.connected.scan('test', SET).foreach();
    await once(stream, 'end');
    const again = once(stream, 'end');
    stream.abort();
    await again;
    assert.equal(theSpan().name, `scan ${SET}`);
  });

  describe('have the span as parent that is active in the caller', () => {
    const STARTS: Record<string, () => Promise<unknown>> = {
      'in promise style': get,
      'in callback style': getWithCallback,
      'for a stream': () => once(test.connected.scan('test', SET).foreach(), 'end'),
      'for results': () => test.connected.query('test', SET).results(),
      'for a method that calls another': () => test.connected.append(test.keys.existing, { s: '' }),
    };
    for (const [title, start] of Object.entries(STARTS)) {
      it(title, async () => {
        const parent = await tracing.within(async span => {
          await start();
          return span;
        });
        assert.equal(theSpan().parentSpanContext?.spanId, parent.spanContext().spanId);
      });
    }

    it('for operations that callbacks, listeners and continuations make', async () => {
      const { connected, keys } = test;
      const parent = await tracing.within(async span => {
        await new Promise<void>((resolve, reject) => {
          const inListener = () => {
            connected.select(keys.existing, ['n'], () => {
              connected.remove(keys.existing, () => {
                resolve();
              });
            });
          };
          connected.get(keys.existing, () => {
            connected.exists(keys.existing, () => {
              connected.put(keys.existing, { n: 2 }).then(() => {
                connected.scan('test', SET).foreach(null, undefined, reject, inListener);
              }, reject);
            });
          });
        });
        span.end();
        return span;
      });
      const spans = tracing.operations;
      assert.deepEqual(
        new Set(spans.map(({ attributes }) => attributes['db.operation.name'])),
        new Set(['get', 'exists', 'put', 'scan', 'select', 'remove']),
      );
      assert.deepEqual(
        new Set(spans.map(({ parentSpanContext }) => parentSpanContext?.spanId)),
        new Set([parent.spanContext().spanId]),
      );
    });

    it('and have none where no span is active', async () => {
      await get();
      assert.equal(theSpan().parentSpanContext, undefined);
    });
  });

  it('leave the active span as it is, in the method and in its callback', async () => {
    await tracing.within(async span => {
      const promise = get();
      assert.equal(trace.getActiveSpan(), span);
      await promise;
      await getWithCallback();
      assert.equal(trace.getActiveSpan(), span);
    });
  });

  it('keep what else is in the context that a measurement is recorded with', async () => {
    const key = createContextKey('of the caller');
    const recorded: (Context | undefined)[] = [];
    telemetry.instrumentation.setMeterProvider({
      getMeter: () =>
        ({
          createHistogram: () => ({
            record: (_value: number, _attributes: object, recordedIn?: Context) => {
              recorded.push(recordedIn);
            },
          }),
        }) as never,
    });
    await context.with(context.active().setValue(key, 'ours'), get);
    const [recordedIn] = recorded;
    assert.ok(recordedIn);
    assert.equal(trace.getSpan(recordedIn)?.spanContext().spanId, theSpan().spanContext().spanId);
    assert.equal(recordedIn.getValue(key), 'ours');
  });

  it('are none where tracing is suppressed, and the operation is measured', async () => {
    await context.with(suppressTracing(context.active()), get);
    assert.deepEqual(tracing.spans, []);
    assert.deepEqual((await telemetry.counts()).length, 1);
  });

  it('are none with tracing: false, and the operation is measured', async () => {
    telemetry.instrumentation.setConfig({ tracing: false });
    await get();
    assert.deepEqual(tracing.spans, []);
    assert.deepEqual((await telemetry.counts()).length, 1);
  });

  it('are none without a parent with requireParentSpan, and the operation is measured', async () => {
    telemetry.instrumentation.setConfig({ requireParentSpan: true });
    await get();
    assert.deepEqual(tracing.spans, []);
    await tracing.within(get);
    assert.equal(theSpan().name, `get ${SET}`);
    const [[, count] = []] = await telemetry.counts();
    assert.equal(count, 2);
  });

  it('are not recorded under a parent that is not sampled, and the operation is measured', async () => {
    const unsampled = new Tracing({
      sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }),
    });
    telemetry.instrumentation.setTracerProvider(unsampled.provider);
    await unsampled.within(get);
    assert.deepEqual(unsampled.spans, []);
    assert.deepEqual((await telemetry.counts()).length, 1);
    await unsampled.shutdown();
  });

  it('are there without metrics', async () => {
    telemetry.instrumentation.setMeterProvider({
      getMeter: () => ({ createHistogram: () => ({ record: () => undefined }) }) as never,
    });
    await get();
    assert.equal(theSpan().name, `get ${SET}`);
  });

  it('are there where a tracer adds to the attributes that it is given, which metrics do not get', async () => {
    const adding: TracerProvider = {
      getTracer: (...scope) => {
        const tracer = tracing.provider.getTracer(...scope);
        return Object.assign(Object.create(tracer) as Tracer, {
          startSpan: (name: string, options: SpanOptions, parent: Context) => {
            Object.assign(options.attributes ?? {}, { 'tracer.kind': 'adding' });
            return tracer.startSpan(name, options, parent);
          },
        });
      },
    };
    telemetry.instrumentation.setTracerProvider(adding);
    await get();
    await get();
    assert.deepEqual(
      tracing.spans.map(({ attributes }) => attributes['tracer.kind']),
      ['adding', 'adding'],
    );
    const [attributes = {}] = await telemetry.attributes();
    assert.equal(attributes['tracer.kind'], undefined);
  });

  it('are there for a TracerProvider that is registered later', async () => {
    const late = new Tracing();
    const other = new Telemetry();
    telemetry.instrumentation.disable();
    try {
      await get();
      trace.setGlobalTracerProvider(late.provider);
      await get();
      assert.deepEqual(
        late.spans.map(({ name }) => name),
        [`get ${SET}`],
      );
    } finally {
      trace.disable();
      await other.shutdown();
      await late.shutdown();
    }
  });

  it('do not keep an operation from its result when a span processor throws', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    telemetry.instrumentation.setTracerProvider({
      getTracer: () => ({ startSpan: broken, startActiveSpan: broken }),
    });
    assert.equal((await get()).bins.n, 1);
    telemetry.instrumentation.setTracerProvider({
      getTracer: () => ({
        startSpan: () => ({ isRecording: () => true, end: broken, setAttribute: broken }) as never,
        startActiveSpan: broken,
      }),
    });
    assert.equal((await get()).bins.n, 1);
  });
});
