import assert from 'node:assert/strict';
import { metrics } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { MeterProvider, type HistogramMetricData } from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation, type AerospikeInstrumentationConfig } from '../src';
import { METRICS } from '../src/series/metrics';
import { TestClient } from './support/client';
import { ManualReader } from './support/manual-reader';
import { followContext, Tracing } from './support/tracing';

/** How many durations a reader has, over all series. */
async function countOf(reader: ManualReader): Promise<number> {
  const { resourceMetrics } = await reader.collect();
  const [duration] = resourceMetrics.scopeMetrics
    .flatMap(({ metrics: all }) => all)
    .filter(({ descriptor }) => descriptor.name === METRICS.operationDuration.name);
  const points = (duration as HistogramMetricData | undefined)?.dataPoints ?? [];
  return points.reduce((sum, { value }) => sum + value.count, 0);
}

describe('several instrumentations in one process', () => {
  const test = new TestClient('coexistence');
  let tracing: Tracing;
  let reader: ManualReader;
  let meterProvider: MeterProvider;
  let made: AerospikeInstrumentation[];

  followContext();
  before(() => test.open());
  after(() => test.close());

  beforeEach(async () => {
    await test.reset();
    tracing = new Tracing();
    reader = new ManualReader();
    meterProvider = new MeterProvider({ readers: [reader] });
    made = [];
  });
  afterEach(async () => {
    for (const instrumentation of made) instrumentation.disable();
    await tracing.shutdown();
    await meterProvider.shutdown();
  });

  function instrument(config: AerospikeInstrumentationConfig = {}): AerospikeInstrumentation {
    const instrumentation = new AerospikeInstrumentation(config);
    instrumentation.setMeterProvider(meterProvider);
    instrumentation.setTracerProvider(tracing.provider);
    made.push(instrumentation);
    return instrumentation;
  }

  const get = () => test.connected.get(test.keys.existing);
  const getWithCallback = () =>
    new Promise<void>(resolve => {
      test.connected.get(test.keys.missing, () => {
        resolve();
      });
    });

  it('give an operation one measurement and one span', async () => {
    instrument();
    instrument();
    await get();
    await getWithCallback();
    await test.connected.append(test.keys.existing, { s: '.' });
    await test.connected.scan('test', test.set).results();
    assert.equal(await countOf(reader), 4);
    assert.equal(tracing.operations.length, 4);
  });

  it('give one to what the client refuses before it is sent', async () => {
    instrument();
    instrument();
    assert.throws(() => {
      test.connected.get('no key' as never, () => undefined);
    });
    await assert.rejects(test.connected.get('no key' as never));
    assert.equal(await countOf(reader), 2);
    assert.equal(tracing.operations.length, 2);
  });

  it('give one although one of them is registered twice', async () => {
    const instrumentation = instrument();
    const providers = { meterProvider, tracerProvider: tracing.provider };
    registerInstrumentations({ ...providers, instrumentations: [instrumentation] });
    registerInstrumentations({ ...providers, instrumentations: [instrumentation] });
    await get();
    assert.equal(await countOf(reader), 1);
    assert.equal(tracing.operations.length, 1);
  });

  it('go on when the one that measures is disabled', async () => {
    const [first] = [instrument(), instrument()];
    await get();
    first.disable();
    await get();
    assert.equal(await countOf(reader), 2);
    assert.equal(tracing.operations.length, 2);
  });

  it('run the hooks of all on the one span, in the order of enabling', async () => {
    const order: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      instrument({
        requestHook: span => {
          order.push(`request ${name}`);
          span.setAttribute(`application.${name}`, true);
        },
        responseHook: (_span, { error }) => order.push(`response ${name} ${error?.code ?? ''}`),
      });
    }
    await getWithCallback();
    assert.deepEqual(order, [
      ...['first', 'second', 'third'].map(name => `request ${name}`),
      ...['first', 'second', 'third'].map(name => `response ${name} 2`),
    ]);
    const [span, ...others] = tracing.operations;
    assert.deepEqual(others, []);
    assert.equal(span?.attributes['application.third'], true);
  });

  it('have a span for the one that traces, whichever was enabled first', async () => {
    instrument({ tracing: false });
    instrument();
    await get();
    assert.equal(await countOf(reader), 1);
    assert.equal(tracing.operations.length, 1);
  });

  it('each measure for a MeterProvider of its own', async () => {
    const other = new ManualReader();
    instrument();
    instrument().setMeterProvider(new MeterProvider({ readers: [other] }));
    await get();
    assert.deepEqual([await countOf(reader), await countOf(other)], [1, 1]);
  });

  it('give each of two calls a measurement when a hook makes another one', async () => {
    instrument();
    const inner: Promise<unknown>[] = [];
    let isFirst = true;
    instrument({
      requestHook: () => {
        if (!isFirst) return;
        isFirst = false;
        inner.push(get());
      },
    });
    await get();
    await Promise.all(inner);
    assert.equal(await countOf(reader), 2);
    assert.equal(tracing.operations.length, 2);
  });

  it('are not disturbed by another version of this package, or by a broken one', async () => {
    const key = Symbol.for('opentelemetry-instrumentation-aerospike/1');
    const shared = (globalThis as Record<symbol, unknown>)[key] as { enabled: unknown[] };
    const foreign = [{}, null, { hasProducer: 'no function' }];
    shared.enabled.push(...foreign);
    try {
      instrument();
      await get();
      assert.equal(await countOf(reader), 1);
    } finally {
      shared.enabled.splice(0, shared.enabled.length);
    }
  });
});

describe('a MeterProvider that is registered globally later', () => {
  const test = new TestClient('later-provider');

  before(() => test.open());
  after(() => test.close());
  afterEach(() => {
    metrics.disable();
  });

  const setups: [title: string, setUp: (instrumentation: AerospikeInstrumentation) => void][] = [
    ['without any other', () => undefined],
    [
      'after registerInstrumentations()',
      instrumentation => {
        registerInstrumentations({ instrumentations: [instrumentation] });
      },
    ],
  ];

  for (const [title, setUp] of setups) {
    it(`is found with the next operation, ${title}`, async () => {
      await test.reset();
      const instrumentation = new AerospikeInstrumentation();
      setUp(instrumentation);
      await test.connected.get(test.keys.existing);
      const reader = new ManualReader();
      metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
      await test.connected.get(test.keys.existing);
      instrumentation.disable();
      assert.equal(await countOf(reader), 1);
    });
  }

  it('does not take the place of one that was set', async () => {
    await test.reset();
    const [own, later] = [new ManualReader(), new ManualReader()];
    const instrumentation = new AerospikeInstrumentation();
    instrumentation.setMeterProvider(new MeterProvider({ readers: [own] }));
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [later] }));
    await test.connected.get(test.keys.existing);
    instrumentation.disable();
    assert.deepEqual([await countOf(own), await countOf(later)], [1, 0]);
  });
});
