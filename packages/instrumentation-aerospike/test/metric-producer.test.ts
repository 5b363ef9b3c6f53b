import assert from 'node:assert/strict';
import type { Attributes } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type HistogramMetricData,
} from '@opentelemetry/sdk-metrics';
import * as Aerospike from 'aerospike';
import { AerospikeInstrumentation } from '../src';
import * as clock from '../src/clock';
import { METRICS } from '../src/series/metrics';
import { AerospikeMetricProducer, PROMETHEUS_NAME } from '../src/sdk';
import { SideBySide } from './support/side-by-side';

const { CUMULATIVE, DELTA } = AggregationTemporality;

/** Durations whose sum is the same in whatever order they are added. */
const DURATIONS = [0, 1 / 4096, 1 / 1024, 0.5, 0.5625, 1, 1.5, 5, 64, 100, Infinity];

function attributesOf(set: string | number): Attributes {
  return {
    'db.system.name': 'aerospike',
    'db.namespace': 'test',
    'db.collection.name': String(set),
    'server.port': 3100,
  };
}

describe('AerospikeMetricProducer', () => {
  const realNow = Date.now;
  const { epochNow } = clock;
  let time: number;

  beforeEach(() => {
    time = 1_700_000_000_123;
    // The SDK's clock, and ours.
    Date.now = () => time;
    Object.assign(clock, { epochNow: () => time });
  });

  afterEach(() => {
    Date.now = realNow;
    Object.assign(clock, { epochNow });
  });

  for (const temporality of [CUMULATIVE, DELTA]) {
    describe(`gives what the histogram of the SDK gives, with ${AggregationTemporality[temporality]} temporality`, () => {
      it('when nothing has been recorded', async () => {
        const both = new SideBySide({ temporality });
        both.series(attributesOf('unused'));
        assert.equal(await both.assertSame(), undefined);
      });

      it('for durations in, between and beyond the boundaries', async () => {
        const both = new SideBySide({ temporality });
        for (const seconds of [...DURATIONS, 0.001, 0.005, 0.01, 0.05, 0.1, 10]) {
          both.record(seconds, attributesOf(seconds));
          both.record(seconds, attributesOf('all'));
        }
        assert.equal((await both.assertSame())?.dataPoints.length, DURATIONS.length + 7);
      });

      it('for what is no duration', async () => {
        const both = new SideBySide({ temporality });
        both.record(1, attributesOf('a'));
        for (const seconds of [-1, -Infinity, NaN]) both.record(seconds, attributesOf('a'));
        assert.equal((await both.assertSame())?.dataPoints[0]?.value.count, 1);
      });

      it('with other boundaries and another name', async () => {
        for (const boundaries of [[], [0.5], [0.001, 0.5, 1, 64]]) {
          const both = new SideBySide({ temporality, boundaries, name: 'other' });
          for (const seconds of DURATIONS) both.record(seconds, attributesOf('a'));
          assert.equal((await both.assertSame())?.descriptor.name, 'other');
        }
      });

      it('for attributes in another order, and values of another type', async () => {
        const both = new SideBySide({ temporality });
        both.record(1, { a: 'x', b: 1 });
        both.record(1, { b: 1, a: 'x' });
        both.record(1, { a: 'x', b: '1' });
        both.record(1, { a: 'x' });
        both.record(1, {});
        assert.equal((await both.assertSame())?.dataPoints.length, 4);
      });

      it('over several collections, with series that come, rest and go on', async () => {
        const both = new SideBySide({ temporality });
        const series = Array.from({ length: 5 }, (_, set) => both.series(attributesOf(set)));
        // Each number is a series in which is recorded; there is a collection after each list.
        for (const recorded of [[0, 1], [1, 1, 2], [], [], [0, 4], [4, 3], [4, 0, 1], [2]]) {
          for (const index of recorded) {
            time += 1001;
            series[index]?.(DURATIONS[index] ?? 1);
          }
          time += 10_007;
          await both.assertSame();
        }
      });

      it('beyond the cardinality limit', async () => {
        for (const cardinalityLimit of [1, 2, 5]) {
          const both = new SideBySide({ temporality, cardinalityLimit });
          for (const set of [0, 1, 2, 3, 4, 5, 0, 5]) both.record(0.5, attributesOf(set));
          const points = (await both.assertSame())?.dataPoints;
          assert.equal(points?.length, cardinalityLimit);
          assert.deepEqual(points.at(-1)?.attributes, { 'otel.metric.overflow': true });
        }
      });

      it('for an attribute set that is the overflow set', async () => {
        const both = new SideBySide({ temporality, cardinalityLimit: 2 });
        both.record(1, { 'otel.metric.overflow': true });
        both.record(1, attributesOf('a'));
        assert.equal((await both.assertSame())?.dataPoints[0]?.value.count, 2);
      });

      it('with the cardinality limit of the SDK by default', async () => {
        const both = new SideBySide({ temporality });
        for (let set = 0; set < 2100; set++) both.record(1, attributesOf(set));
        const points = (await both.assertSame())?.dataPoints;
        assert.equal(points?.length, 2000);
        assert.equal(points.at(-1)?.value.count, 101);
      });
    });
  }

  it('keeps other attribute sets apart in each interval of delta temporality, as the SDK does', async () => {
    const both = new SideBySide({ temporality: DELTA, cardinalityLimit: 3 });
    const series = Array.from({ length: 5 }, (_, set) => both.series(attributesOf(set)));
    for (const recorded of [[0, 1, 2, 3], [3, 2, 1], [4], [0, 4, 3, 3]]) {
      for (const index of recorded) series[index]?.(1);
      time += 1000;
      await both.assertSame();
    }
  });

  it('keeps to its cardinality limit over all collections of cumulative temporality', async () => {
    const producer = new AerospikeMetricProducer({ cardinalityLimit: 10 });
    for (let set = 0; set < 50; set++) {
      producer.series(METRICS.operationDuration, attributesOf(set)).record(1);
      await producer.collect();
    }
    const points = await pointsOf(producer);
    assert.deepEqual(
      points.map(({ attributes, value }) => [attributes['db.collection.name'], value.count]),
      [...Array.from({ length: 9 }, (_, set) => [String(set), 1]), [undefined, 41]],
    );
  });

  it('goes on with a series when it is asked for again', async () => {
    const producer = new AerospikeMetricProducer();
    const first = producer.series(METRICS.operationDuration, attributesOf('a'));
    const second = producer.series(METRICS.operationDuration, attributesOf('a'));
    for (const series of [first, second, first]) series.record(1);
    assert.deepEqual(
      (await pointsOf(producer)).map(({ value }) => value.count),
      [3],
    );
  });

  it('gives a series the same attributes at each collection, whatever becomes of those that it was made with', async () => {
    const producer = new AerospikeMetricProducer();
    const given = attributesOf('a');
    producer.series(METRICS.operationDuration, given).record(1);
    const [before] = await pointsOf(producer);
    given['db.namespace'] = 'other';
    const [after] = await pointsOf(producer);
    assert.equal(after?.attributes, before?.attributes);
    assert.deepEqual(after?.attributes, attributesOf('a'));
  });

  it('does not change what it has given', async () => {
    const producer = new AerospikeMetricProducer();
    const series = producer.series(METRICS.operationDuration, attributesOf('a'));
    series.record(1);
    const [point] = await pointsOf(producer);
    const before = structuredClone(point);
    series.record(1);
    assert.deepEqual(point, before);
  });

  it('gives each duration once when collections run at the same time', async () => {
    const producer = new AerospikeMetricProducer({ temporality: 'delta' });
    const series = producer.series(METRICS.operationDuration, attributesOf('a'));
    series.record(1);
    const collections = [pointsOf(producer), pointsOf(producer)];
    series.record(1);
    collections.push(pointsOf(producer));
    const counts = (await Promise.all(collections)).map(points =>
      points.map(({ value }) => value.count),
    );
    assert.deepEqual(counts, [[1], [], [1]]);
  });

  describe('is a metric producer of', () => {
    const meterProviders: MeterProvider[] = [];

    afterEach(async () => {
      for (const meterProvider of meterProviders.splice(0)) await meterProvider.shutdown();
    });

    it('PrometheusExporter, beside the metrics of the SDK and with its resource', async () => {
      const producer = new AerospikeMetricProducer({ name: PROMETHEUS_NAME });
      const exporter = new PrometheusExporter({
        preventServerStart: true,
        metricProducers: [producer],
      });
      const resource = resourceFromAttributes({ 'service.name': 'shop' });
      const meterProvider = new MeterProvider({ resource, readers: [exporter] });
      meterProviders.push(meterProvider);
      meterProvider.getMeter('application').createCounter('orders').add(3);
      producer.series(METRICS.operationDuration, attributesOf('users')).record(0.25);

      const { resourceMetrics } = await exporter.collect();
      const text = new PrometheusSerializer().serialize(resourceMetrics);
      assert.match(text, /^orders_total\{.*\} 3$/m);
      assert.match(text, /^target_info\{service_name="shop"\} 1$/m);
      assert.match(
        text,
        /^db_client_operation_duration_seconds_sum\{db_system_name="aerospike",.*\} 0\.25$/m,
      );
    });

    it('PeriodicExportingMetricReader', async () => {
      const producer = new AerospikeMetricProducer({ temporality: DELTA });
      const exporter = new InMemoryMetricExporter(DELTA);
      const reader = new PeriodicExportingMetricReader({ exporter, metricProducers: [producer] });
      meterProviders.push(new MeterProvider({ readers: [reader] }));
      producer.series(METRICS.operationDuration, attributesOf('users')).record(1);
      await reader.forceFlush();
      const [metric] = exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
      assert.equal(metric?.descriptor.name, 'db.client.operation.duration');
      assert.equal(metric.aggregationTemporality, DELTA);
    });
  });

  it('takes the operations of the instrumentation that it is given to', async () => {
    const metricProducer = new AerospikeMetricProducer();
    const instrumentation = new AerospikeInstrumentation({ enabled: false, metricProducer });
    instrumentation.enable();
    try {
      const client = Aerospike.client({ hosts: 'aero.example:3000' });
      await assert.rejects(client.get(new Aerospike.Key('test', 'users', 'k')));
    } finally {
      instrumentation.disable();
    }
    assert.deepEqual(
      (await pointsOf(metricProducer)).map(({ attributes, value }) => [attributes, value.count]),
      [
        [
          {
            'db.system.name': 'aerospike',
            'db.namespace': 'test',
            'db.collection.name': 'users',
            'db.operation.name': 'get',
            'server.address': 'aero.example',
            'error.type': 'Connection',
            'db.response.status_code': '-1',
          },
          1,
        ],
      ],
    );
  });
});

describe('the options of AerospikeMetricProducer', () => {
  const wrong: [options: unknown, message: RegExp][] = [
    [null, /^options must be an object, not null$/],
    [{ boundaries: [-1, 0] }, /^boundaries must be .*, none below 0 .*, not \[ -1, 0 \]$/],
    [{ boundaries: 'x' }, /^boundaries must be a list of finite numbers of seconds.*, not 'x'$/],
    [{ boundaries: [2, 1] }, /^boundaries must be .*, not \[ 2, 1 \]$/],
    [{ cardinalityLimit: 0 }, /^cardinalityLimit must be a whole number above 0, not 0$/],
    [{ cardinalityLimit: '5' }, /^cardinalityLimit must be a whole number above 0, not '5'$/],
    [{ cardinalityLimit: Infinity }, /^cardinalityLimit must be .*, not Infinity$/],
    [{ name: '' }, /^name must be the name of a metric, not ''$/],
    [
      { temporality: 'lowmemory' },
      /^temporality must be 'cumulative', 'delta' or an AggregationTemporality, not 'lowmemory'$/,
    ],
    [{ temporality: 2 }, /^temporality must be .*, not 2$/],
    [{ temporality: null }, /^temporality must be .*, not null$/],
  ];

  for (const [options, message] of wrong) {
    it(`are refused with a reason: ${JSON.stringify(options)}`, () => {
      assert.throws(() => new AerospikeMetricProducer(options as object), {
        name: 'TypeError',
        message,
      });
    });
  }

  it('take the temporality by name as by the enumeration of the SDK', async () => {
    const given = [undefined, 'cumulative', CUMULATIVE, 'delta', DELTA] as const;
    const temporalities = given.map(async temporality => {
      const producer = new AerospikeMetricProducer(
        temporality === undefined ? {} : { temporality },
      );
      producer.series(METRICS.operationDuration, {}).record(1);
      const { resourceMetrics } = await producer.collect();
      return resourceMetrics.scopeMetrics[0]?.metrics[0]?.aggregationTemporality;
    });
    assert.deepEqual(await Promise.all(temporalities), [
      CUMULATIVE,
      CUMULATIVE,
      CUMULATIVE,
      DELTA,
      DELTA,
    ]);
  });
});

async function pointsOf(producer: AerospikeMetricProducer) {
  const { resourceMetrics } = await producer.collect();
  const metrics = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
  return metrics.flatMap(metric => (metric as HistogramMetricData).dataPoints);
}
