import { isInstalled } from '../installed.mjs';
import { metricsSdk } from '../telemetry.mjs';
import { MinimalHistogram } from './minimal-histogram.mjs';

const PRODUCER = 'opentelemetry-instrumentation-aerospike/metric-producer';
/** Not exported: the way from an operation's namespace and set to its series. */
const OUTCOME_CACHE =
  '../../packages/instrumentation-aerospike/build/src/recording/outcome-cache.js';
const DURATION_HISTOGRAM =
  '../../packages/instrumentation-aerospike/build/src/recording/duration-histogram.js';

/** Everything that records a duration: `create` makes a function of a set and the seconds. */
export const RECORDERS = {
  nothing: {
    label: 'nothing (the method itself)',
    create: () => () => undefined,
  },
  clock: {
    label: 'two clock reads, for comparison',
    create() {
      let sum = 0;
      return () => {
        sum += performance.now() - performance.now();
        return sum;
      };
    },
  },
  lowerBound: {
    label: 'lower bound: Maps and a typed array',
    create(boundaries) {
      const histogram = new MinimalHistogram(boundaries);
      return (set, seconds) => {
        histogram.series('test', set, 'get').record(seconds);
      };
    },
  },
  producer: {
    label: '**this package**: metric producer',
    needs: PRODUCER,
    async create(boundaries) {
      const { AerospikeMetricProducer } = await import(PRODUCER);
      return throughCache(new AerospikeMetricProducer({ boundaries, cardinalityLimit: 1e6 }));
    },
  },
  histogram: {
    label: '**this package**: OpenTelemetry histogram',
    async create(boundaries) {
      const { DurationHistogram } = await import(DURATION_HISTOGRAM);
      return throughCache(new DurationHistogram(meter(boundaries)));
    },
  },
  plainHistogram: {
    label: 'OpenTelemetry histogram, 6 attributes',
    create(boundaries) {
      const histogram = meter(boundaries).createHistogram('db.client.operation.duration');
      return (set, seconds) => {
        histogram.record(seconds, {
          'db.system.name': 'aerospike',
          'db.namespace': 'test',
          'db.collection.name': set,
          'db.operation.name': 'get',
          'server.address': '127.0.0.1',
          'server.port': 3000,
        });
      };
    },
  },
  promClient: {
    label: 'prom-client histogram, 5 labels',
    needs: 'prom-client',
    async create(boundaries) {
      const { newHistogram, observe } = await import('../instrumentations/prom-client.mjs');
      const histogram = newHistogram(boundaries);
      return (set, seconds) => {
        observe(histogram, { ns: 'test', set }, 'get', seconds);
      };
    },
  },
};

export function availableRecorders() {
  return Object.keys(RECORDERS).filter(id => isInstalled(RECORDERS[id].needs));
}

/** All that happens between an operation's namespace, set and name, and its series. */
async function throughCache(recorder) {
  const { OutcomeCache } = await import(OUTCOME_CACHE);
  const cache = new OutcomeCache({ address: '127.0.0.1', port: undefined }, recorder);
  return (set, seconds) => {
    cache.find('test', set, 'get', undefined).success().series.record(seconds);
  };
}

function meter(boundaries) {
  return metricsSdk({ boundaries }).meterProvider.getMeter(
    'opentelemetry-instrumentation-aerospike',
  );
}
