import assert from 'node:assert/strict';
import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  MeterProvider,
  type ExponentialHistogram,
  type ExponentialHistogramMetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { AerospikeMetricProducer } from '../src/sdk';
import { atScale, trimmed } from '../src/series/exponential-buckets';
import { METRICS } from '../src/series/metrics';
import { ManualReader } from './support/manual-reader';
import { seededRandom } from './support/random';

const { CUMULATIVE, DELTA } = AggregationTemporality;

describe('AerospikeMetricProducer with exponential aggregation', () => {
  const providers: MeterProvider[] = [];

  afterEach(async () => {
    for (const provider of providers.splice(0)) await provider.shutdown();
  });

  function reader(temporality: AggregationTemporality, producer?: MetricProducer): ManualReader {
    const made = new ManualReader({
      aggregationTemporalitySelector: () => temporality,
      metricProducers: producer === undefined ? [] : [producer],
    });
    const views = [
      { instrumentName: 'durations', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ];
    providers.push(new MeterProvider({ readers: [made], views }));
    return made;
  }

  for (const temporality of [CUMULATIVE, DELTA]) {
    it(`gives the SDK’s exponential histogram at scale 3, ${AggregationTemporality[temporality]}`, async () => {
      const random = seededRandom(6);
      const producer = new AerospikeMetricProducer({ aggregation: 'exponential', temporality });
      const ours = reader(temporality, producer);
      const theirs = reader(temporality);
      const histogram = providers.at(-1)?.getMeter('test').createHistogram('durations');
      for (let collection = 0; collection < 5; collection++) {
        for (let count = random() * 300; count > 0; count--) {
          const seconds = random() < 0.02 ? 0 : 0.0002 * 2 ** ((random() - 0.3) * 20);
          const attributes = { 'db.operation.name': random() < 0.5 ? 'get' : 'put' };
          producer.series(METRICS.operationDuration, attributes).record(seconds);
          histogram?.record(seconds, attributes);
        }
        const [our, their] = [await collected(ours), await collected(theirs)];
        assert.equal(our.aggregationTemporality, temporality);
        assert.equal(our.descriptor.name, 'db.client.operation.duration');
        assert.deepEqual(pointsOf(our, 3), pointsOf(their, 3));
      }
    });
  }

  it('leaves no empty buckets at the ends', async () => {
    const producer = new AerospikeMetricProducer({ aggregation: 'exponential' });
    const series = producer.series(METRICS.operationDuration, {});
    for (const seconds of [1, 1.05, 2]) series.record(seconds);
    const [point] = (await collected(reader(CUMULATIVE, producer))).dataPoints;
    // 1 is the upper bound of the bucket -1, and 2 that of the bucket 7.
    assert.deepEqual(point?.value, {
      count: 3,
      sum: 4.05,
      min: 1,
      max: 2,
      scale: 3,
      zeroCount: 0,
      positive: { offset: -1, bucketCounts: [1, 1, 0, 0, 0, 0, 0, 0, 1] },
      negative: { offset: 0, bucketCounts: [] },
    });
  });

  it('refuses another aggregation, and names those that there are', () => {
    assert.throws(() => new AerospikeMetricProducer({ aggregation: 'native' as 'explicit' }), {
      name: 'TypeError',
      message: "aggregation must be one of explicit, exponential, not 'native'",
    });
  });
});

async function collected(reader: ManualReader): Promise<ExponentialHistogramMetricData> {
  const { resourceMetrics, errors } = await reader.collect();
  assert.deepEqual(errors, []);
  const metric = resourceMetrics.scopeMetrics[0]?.metrics[0];
  assert(metric?.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM);
  return metric;
}

/** Each series at the same scale: that of the SDK is finer where the values are few and near each other. */
function pointsOf(metric: ExponentialHistogramMetricData, scale: number): Map<unknown, unknown> {
  return new Map(
    metric.dataPoints.map(({ attributes, value }) => [
      attributes['db.operation.name'],
      scaled(value, scale),
    ]),
  );
}

function scaled(value: ExponentialHistogram, scale: number): unknown {
  const { count, sum = NaN, min, max, zeroCount, positive } = value;
  const { offset: firstIndex, bucketCounts: counts } = positive;
  const point = { scale: value.scale, zeroCount, firstIndex, counts };
  const roundedSum = sum.toPrecision(12);
  return {
    count,
    sum: roundedSum,
    min,
    max,
    ...trimmed(atScale(point, Math.min(scale, value.scale))),
  };
}
