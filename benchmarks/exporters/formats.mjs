import { randomBytes } from 'node:crypto';

const PROMETHEUS = 'opentelemetry-instrumentation-aerospike/prometheus';
/** Not exported: what an endpoint writes an answer with. */
const BUILD = '../../packages/instrumentation-aerospike/build/src';

const ACCEPT = {
  text: 'text/plain;version=0.0.4',
  openmetrics: 'application/openmetrics-text;version=1.0.0',
  protobuf:
    'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
};

/** So many durations are in a series before its first scrape. */
const DURATIONS = 300;

/** The rows of the formats: with what is kept beside the classic buckets, and whether the answer is compressed. */
const ROWS = [
  { id: 'text', format: 'text', label: 'text' },
  { id: 'textGzip', format: 'text', isCompressed: true, label: 'text, gzip over HTTP' },
  { id: 'openMetrics', format: 'openmetrics', label: 'OpenMetrics' },
  {
    id: 'openMetricsExemplars',
    format: 'openmetrics',
    exemplars: true,
    label: 'OpenMetrics with exemplars',
  },
  { id: 'protobufClassic', format: 'protobuf', exponential: false, label: 'protobuf, classic' },
  {
    id: 'protobufClassicExemplars',
    format: 'protobuf',
    exponential: false,
    exemplars: true,
    label: 'protobuf, classic, with exemplars',
  },
  { id: 'protobuf', format: 'protobuf', label: 'protobuf, native' },
  {
    id: 'protobufExemplars',
    format: 'protobuf',
    exemplars: true,
    label: 'protobuf, native, with exemplars',
  },
  {
    id: 'protobufGzip',
    format: 'protobuf',
    exemplars: true,
    isCompressed: true,
    label: 'protobuf, native, with exemplars, gzip over HTTP',
  },
];

/** Durations from 0.05 to 3 ms about, most of them near 0.25 ms, and each with a span of its own where there are spans. */
export function formatExporters() {
  return Object.fromEntries(
    ROWS.map(row => [
      row.id,
      { label: `**this package**: ${row.label}`, needs: PROMETHEUS, create: () => create(row) },
    ]),
  );
}

async function create({ format, isCompressed = false, exponential = true, exemplars = false }) {
  const { AerospikePrometheusExporter } = await import(PROMETHEUS);
  const { MeterProvider } = await import('@opentelemetry/sdk-metrics');
  const { METRICS } = await import(`${BUILD}/series/metrics.js`);
  const { MetricStorage } = await import(`${BUILD}/series/metric-storage.js`);
  const { Formats } = await import(`${BUILD}/prometheus/formats.js`);
  const { ownFamilies } = await import(`${BUILD}/exposition/own-families.js`);

  const exporter = new AerospikePrometheusExporter({
    port: 0,
    host: '127.0.0.1',
    preventServerStart: true,
  });
  new MeterProvider({ readers: [exporter] });
  const { boundaries } = METRICS.operationDuration;
  const resolution = { exponential, exemplars };
  const storage = new MetricStorage({ boundaries, cardinalityLimit: 1e6, resolution });
  exporter.metricProducer.storage = storage;

  const series = new Map();
  const seriesOf = set => {
    const attributes = {
      'db.system.name': 'aerospike',
      'db.namespace': 'test',
      'db.collection.name': set,
      'db.operation.name': 'get',
      'server.address': '127.0.0.1',
    };
    const made = storage.series(METRICS.operationDuration, attributes);
    for (let count = 0; count < DURATIONS; count++) made.record(duration(), spanIf(exemplars));
    series.set(set, made);
    return made;
  };
  const formats = new Formats({});
  const { serve } = await import('./scraper.mjs');
  return {
    record(sets) {
      for (const set of sets)
        (series.get(set) ?? seriesOf(set)).record(duration(), spanIf(exemplars));
    },
    async text() {
      const { resourceMetrics } = await exporter.collect();
      const families = ownFamilies(storage);
      return format === 'protobuf'
        ? Buffer.concat([...formats.write(format, resourceMetrics, families)])
        : formats.text(format, resourceMetrics, families);
    },
    countSeries: format === 'protobuf' ? countLabels : undefined,
    headers: { accept: ACCEPT[format], 'accept-encoding': isCompressed ? 'gzip' : 'identity' },
    url: await serve((request, response) => {
      exporter.getMetricsRequestHandler(request, response);
    }),
  };
}

/** A sum of random numbers is distributed about normally, so this is about log-normally. */
function duration() {
  const normal = Math.random() + Math.random() + Math.random() + Math.random() - 2;
  return 0.00025 * Math.exp(normal * 1.2);
}

function spanIf(isTraced) {
  if (!isTraced) return undefined;
  const bytes = randomBytes(24).toString('hex');
  const spanContext = { traceId: bytes.slice(0, 32), spanId: bytes.slice(32), traceFlags: 1 };
  return { spanContext };
}

/** Each series has the label of the set once. */
function countLabels(answer) {
  return answer.toString('latin1').split('db_collection_name').length - 1;
}
