import { bytes, microseconds, milliseconds, nanoseconds, ratio } from './report/format.mjs';

const us = value => `${microseconds(value)} µs`;
const ns = value => `${nanoseconds(value)} ns`;
const ms = value => `${milliseconds(value)} ms`;
const times = value => `${ratio(value)} times`;

const STUBBED = 'with the client stubbed';

/** What is to be reached, each at most or at least: a figure by its path, or how many times another one it is. */
const TARGETS = [
  { what: 'One recording', figure: 'recording.producer.median', atMost: 80, format: ns },
  {
    what: 'OpenTelemetry histogram, in comparison',
    figure: 'recording.plainHistogram.median',
    of: 'recording.producer.median',
    atLeast: 20,
  },
  {
    what: `Metrics, ${STUBBED}`,
    figure: 'wrapper.producer.get.added.median',
    atMost: 450,
    format: ns,
  },
  {
    what: `No SDK registered, ${STUBBED}`,
    figure: 'wrapper.noSdk.get.added.median',
    atMost: 100,
    format: ns,
  },
  {
    what: `Disabled, ${STUBBED}`,
    figure: 'wrapper.disabled.get.added.median',
    atMost: 100,
    format: ns,
  },
  ...['get', 'put'].flatMap(clientTargets),
  ...scrapeTargets(30, { atMost: 0.3, atLeast: 10 }),
  ...scrapeTargets(450, { atMost: 4, atLeast: 15 }),
  ...scrapeTargets(2000, { atMost: 18, atLeast: 12 }),
  ...formatTargets(450),
  ...['primary', 'workers'].map(where => ({
    what: `A scrape of a cluster, 8 workers × 450 series: longest block, ${where}`,
    figure: `cluster.8.${where}.median`,
    atMost: 3,
    format: ms,
  })),
  {
    what: 'Observing 3 clients × 3 nodes',
    figure: 'observing.reading.median',
    atMost: 0.2,
    format: ms,
  },
  {
    what: 'Recording, exponential buckets too, in lower bounds',
    figure: 'recording.exponential.median',
    of: 'recording.lowerBound.median',
    atMost: 2,
  },
  {
    what: 'Memory of a series',
    figure: 'memory.series.thisPackage.scraped.median',
    atMost: 1.5 * 1024,
    format: bytes,
  },
];

function clientTargets(operation) {
  const added = id => `client.${id}.${operation}.added.median`;
  return [
    { what: `\`${operation}\`, metrics`, figure: added('producer'), atMost: 2500, format: us },
    {
      what: `\`${operation}\`, plain OpenTelemetry histogram in comparison`,
      figure: added('plainHistogram'),
      of: added('producer'),
      atLeast: 4,
    },
    {
      what: `\`${operation}\`, metrics, CPU ratio`,
      figure: `client.producer.${operation}.cpuRatio.median`,
      atMost: 1.1,
      format: ratio,
    },
    {
      what: `\`${operation}\`, metrics and spans`,
      figure: added('producerAndSpans'),
      atMost: 15_000,
      format: us,
    },
    {
      what: `\`${operation}\`, plain OpenTelemetry histogram and span in comparison`,
      figure: added('plainSpan'),
      of: added('producerAndSpans'),
      atLeast: 1,
    },
  ];
}

function formatTargets(series) {
  const cpu = id => `scrape.${id}.${series}.cpu.median`;
  return [
    ['OpenMetrics with exemplars', 'openMetricsExemplars', 1.5],
    ['Protobuf with native histograms', 'protobuf', 1],
  ].map(([what, id, atMost]) => ({
    what: `${what}, ${series} series, in comparison with text`,
    figure: cpu(id),
    of: cpu('text'),
    atMost,
  }));
}

function scrapeTargets(series, { atMost, atLeast }) {
  const ours = `scrape.thisPackage.${series}.cpu.median`;
  const stock = `scrape.stock.${series}.cpu.median`;
  return [
    { what: `One scrape of ${series} series`, figure: ours, atMost, format: ms },
    {
      what: `The stock exporter with ${series} series, in comparison`,
      figure: stock,
      of: ours,
      atLeast,
    },
  ];
}

/** The targets of what has been measured, and in how many of the runs they are reached. */
export function targetsTable(runs) {
  const rows = TARGETS.flatMap(({ what, figure, of, atMost, atLeast, format = times }) => {
    const values = runs.map(({ parts }) =>
      of === undefined ? read(parts, figure) : read(parts, figure) / read(parts, of),
    );
    if (!values.every(Number.isFinite)) return [];
    const reached = values.filter(value =>
      atMost === undefined ? value >= atLeast : value <= atMost,
    );
    const limit = atMost === undefined ? `≥ ${format(atLeast)}` : `≤ ${format(atMost)}`;
    return [[what, limit, ...values.map(format), `${reached.length} of ${runs.length}`]];
  });
  const measured = runs.map((_, index) => (runs.length > 1 ? `run ${index + 1}` : 'measured'));
  return { columns: ['', 'to reach', ...measured, 'reached'], rows };
}

function read(figures, path) {
  return path.split('.').reduce((value, name) => value?.[name], figures);
}
