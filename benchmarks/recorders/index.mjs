import { isInstalled } from '../installed.mjs';
import { metricsSdk, tracingSdk } from '../telemetry.mjs';
import { MinimalHistogram } from './minimal-histogram.mjs';

const PRODUCER = 'opentelemetry-instrumentation-aerospike/metric-producer';
const PROMETHEUS = 'opentelemetry-instrumentation-aerospike/prometheus';
/** Not exported: the way from an operation's namespace and set to its series. */
const SERIES = '../../packages/instrumentation-aerospike/build/src/series';

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
    label: '**this package**: classic buckets alone',
    needs: PRODUCER,
    async create(boundaries) {
      const { AerospikeMetricProducer } = await import(PRODUCER);
      return throughCache(new AerospikeMetricProducer({ boundaries, cardinalityLimit: 1e6 }));
    },
  },
  exponential: {
    label: '**this package**: exponential buckets too, as for Prometheus',
    needs: PROMETHEUS,
    create: async boundaries => throughCache(await prometheusProducer(boundaries)),
  },
  exemplars: {
    label: '**this package**: exponential buckets and the exemplar of a sampled span',
    needs: PROMETHEUS,
    create: async boundaries => throughCache(await prometheusProducer(boundaries), sampledSpan()),
  },
  histogram: {
    label: '**this package**: histogram of the SDK',
    async create(boundaries) {
      const { MeterRecorder } = await import(`${SERIES}/meter-recorder.js`);
      const { meterProvider } = metricsSdk({ boundaries });
      const recorder = new MeterRecorder(() => meterProvider);
      // To be asked is what has it make its histogram.
      if (!recorder.refresh()) throw new Error('nothing is recorded');
      return throughCache(recorder);
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
async function throughCache(recorder, span) {
  const { TargetCache } = await import(`${SERIES}/target-cache.js`);
  const cache = new TargetCache({ address: '127.0.0.1', port: undefined }, recorder);
  return (set, seconds) => {
    cache.find('test', set, 'get', undefined).success().duration.record(seconds, span);
  };
}

async function prometheusProducer(boundaries) {
  const { AerospikePrometheusExporter } = await import(PROMETHEUS);
  const options = { boundaries, cardinalityLimit: 1e6, preventServerStart: true };
  return new AerospikePrometheusExporter(options).metricProducer;
}

function sampledSpan() {
  const span = tracingSdk().tracerProvider.getTracer('benchmark').startSpan('get');
  return { spanContext: span.spanContext() };
}

function meter(boundaries) {
  return metricsSdk({ boundaries }).meterProvider.getMeter(
    'opentelemetry-instrumentation-aerospike',
  );
}
