// Measures the same operations with two sets of boundaries, without any, and exactly; compares what is told of them.
import { quantile } from '@example/aerospike-demo/build/src/report.js';
import Aerospike from 'aerospike';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { AerospikeMetricProducer } from 'opentelemetry-instrumentation-aerospike/metric-producer';

const OPERATIONS = 2000;

const PRODUCERS = {
  'default buckets': new AerospikeMetricProducer(),
  'finer buckets': new AerospikeMetricProducer({
    boundaries: [
      0.0001, 0.00025, 0.0005, 0.00075, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10,
    ],
  }),
  'native histogram': new AerospikeMetricProducer({ aggregation: 'exponential' }),
};

/** Every duration, in seconds, by the name of its operation. */
const durations = { put: [], get: [] };

/** Records into the producers, and every duration by itself. */
class ComparingProducer extends AerospikeMetricProducer {
  series(metric, attributes) {
    const all = Object.values(PRODUCERS).map(producer => producer.series(metric, attributes));
    const exact = durations[attributes['db.operation.name']];
    return {
      record(seconds) {
        exact.push(seconds);
        for (const series of all) series.record(seconds);
      },
    };
  }
}

const instrumentation = new AerospikeInstrumentation({ metricProducer: new ComparingProducer() });
const client = await Aerospike.connect(); // to AEROSPIKE_HOSTS
const keys = Array.from({ length: 100 }, (_, id) => new Aerospike.Key('test', 'boundaries', id));

for (let id = 0; id < OPERATIONS; id++) {
  const key = keys[id % keys.length];
  await client.put(key, { name: 'Ada', visits: id });
  await client.get(key);
}
client.close();
instrumentation.disable();

for (const [operation, exact] of Object.entries(durations)) {
  exact.sort((a, b) => a - b);
  print(operation, 'exact', fraction => exact[Math.ceil(fraction * exact.length) - 1]);
  for (const [title, producer] of Object.entries(PRODUCERS)) {
    const { value } = await pointOf(producer, operation);
    const isNative = 'scale' in value;
    print(operation, title, fraction =>
      isNative ? nativeQuantile(fraction, value) : quantile(fraction, value.buckets),
    );
  }
}

async function pointOf(producer, operation) {
  const { resourceMetrics } = await producer.collect();
  const { dataPoints } = resourceMetrics.scopeMetrics[0].metrics[0];
  return dataPoints.find(({ attributes }) => attributes['db.operation.name'] === operation);
}

/** As Prometheus 3 does it: each bucket is 9 % wide, and the durations in it are spread over that evenly. */
function nativeQuantile(fraction, { count, scale, zeroCount, positive }) {
  const rank = fraction * count;
  let below = zeroCount;
  for (const [bucket, inBucket] of positive.bucketCounts.entries()) {
    if (below + inBucket >= rank && inBucket > 0) {
      const position = positive.offset + bucket + (rank - below) / inBucket;
      return 2 ** (position / 2 ** scale);
    }
    below += inBucket;
  }
  return 0;
}

function print(operation, title, secondsAt) {
  const quantiles = [0.5, 0.95, 0.99].map(fraction => {
    const milliseconds = (secondsAt(fraction) * 1000).toFixed(2);
    return `P${fraction * 100} ${milliseconds.padStart(5)} ms`;
  });
  console.log([operation, title.padEnd(16), ...quantiles].join('  '));
}
