import { figureOf, medianOf } from './figures.mjs';
import { bytes, milliseconds, ratio } from './report/format.mjs';
import { formatTable } from './report/table.mjs';

const ms = value => `${milliseconds(value)} ms`;

const added = id => `client.${id}.get.added.median`;
const cpu = id => `scrape.${id}.450.cpu.median`;
const startup = id => `startup.added.${id}.cpu.median`;

/** Of all formats that are served, compressed and not. */
const LONGEST_BLOCKS = ['text', 'textGzip', 'openMetricsExemplars', 'protobuf', 'protobufGzip'].map(
  id => `scrape.${id}.2000.longest.median`,
);

/**
 * What is to be reached: a figure by its path, of several the largest, or how many times the sum of others it is. `why`
 * says what stands in the way, if need be with figures of the runs; it is shown where a run is above.
 */
const TARGETS = [
  {
    what: '`get`, metrics: added, in lower bounds',
    figure: added('producer'),
    of: added('lowerBound'),
    atMost: 1.3,
    why:
      'the lower bound tells no errors apart, has classic buckets only, and serves neither callbacks nor streams; ' +
      'on a machine with other work it can come out as nothing, and then there is no ratio',
  },
  {
    what: '`get`, metrics: CPU ratio to the bare client',
    figure: 'client.producer.get.cpuRatio.median',
    atMost: 1.05,
    format: ratio,
    why: runs =>
      `the lower bound has ${ratio(medianOf(runs, 'client.lowerBound.get.cpuRatio.median'))}, and the bare client ` +
      `beside itself ${ratio(medianOf(runs, 'client.bare.get.cpuRatio.median'))}`,
  },
  {
    what: '`get`, metrics and spans: added, in plain wrappers with a histogram and a span',
    figure: added('producerAndSpans'),
    of: added('plainSpan'),
    atMost: 0.45,
    why: 'the larger part is the SDK making and ending the span, which the plain wrapper has too',
  },
  {
    what: '`get`, histogram of the SDK and spans: the same',
    figure: added('histogramAndSpans'),
    of: added('plainSpan'),
    atMost: 1,
    why: 'nearly all of either is the SDK, and the difference lies within the error of the method',
  },
  {
    what: 'One recording, exponential buckets included, in lower bounds',
    figure: 'recording.exponential.median',
    of: 'recording.lowerBound.median',
    atMost: 2,
    why: 'the lower bound has classic buckets only; a second bucket has to be found and counted',
  },
  {
    what: 'A scrape as text, 450 attribute sets, in lower bounds',
    figure: cpu('thisPackage'),
    of: cpu('lowerBound'),
    atMost: 1.3,
    why: 'the lower bound joins strings of one known metric; this package collects, asks the SDK, and yields between pieces',
  },
  {
    what: 'OpenMetrics with exemplars, 450 attribute sets, in scrapes as text',
    figure: cpu('openMetricsExemplars'),
    of: cpu('text'),
    atMost: 1.5,
    why: 'exemplars are new at each scrape, so that nothing of them can be kept from the one before',
  },
  {
    what: 'Protobuf with native histograms, 450 attribute sets, in scrapes as text',
    figure: cpu('protobuf'),
    of: cpu('text'),
    atMost: 1,
    why: 'it has the classic buckets and the native ones',
  },
  {
    what: 'A scrape over HTTP, 2,000 attribute sets: longest block of the event loop, in the slowest format',
    figure: LONGEST_BLOCKS,
    atMost: 1.5,
    format: ms,
    why: 'a piece of the answer takes less than a millisecond; collections of garbage, and a machine with other work, add to it',
  },
  {
    what: "A cluster's primary, 8 workers × 450 attribute sets: longest block",
    figure: 'cluster.8.primary.median',
    atMost: 3,
    format: ms,
    why: 'it does not grow with the number of workers, whose reports are added 50 attribute sets at a time: what is left is the answer itself',
  },
  {
    what: 'The same in the workers',
    figure: 'cluster.8.workers.median',
    atMost: 3,
    format: ms,
    why: 'a report of 50 attribute sets is written in one piece',
  },
  {
    what: "Observing the clients' state, 3 clients × 3 nodes",
    figure: 'observing.reading.median',
    atMost: 0.2,
    format: ms,
    why: "most of it is the client's own `stats()`",
  },
  {
    what: 'Start-up of `/register`, in loads of `@opentelemetry/instrumentation` and of SDK and exporter, each alone',
    figure: startup('register'),
    of: [startup('base'), startup('sdk')],
    atMost: 1.15,
    why: runs =>
      `an instrumentation that hooks the client and does nothing, with the same SDK, comes to ${ratio(hookRatio(runs))}; the ` +
      'rest goes to reading the files of this package, which would take a third of that as one file, but then nobody ' +
      'could tell what goes wrong by where it does',
  },
  {
    what: 'Memory of an attribute set, classic and exponential buckets',
    figure: 'memory.series.protobuf.scraped.median',
    atMost: 2.5 * 1024,
    format: bytes,
    why: 'the labels of an attribute set are kept as bytes, so that no scrape has to write them again',
  },
];

/** What OpenTelemetry's own way of hooking costs, in the same unit as that of `/register`. */
function hookRatio(runs) {
  const [hook, base, sdk] = ['hook', 'base', 'sdk'].map(id => medianOf(runs, startup(id)));
  return hook / (base + sdk);
}

/** The targets of what has been measured in all runs. */
function judged(runs) {
  return TARGETS.map(({ format = ratio, ...target }) => {
    const values = runs.map(run => valueOf(run, target));
    const reached = values.filter(value => value <= target.atMost).length;
    return { ...target, format, values, reached };
  }).filter(({ values }) => values.every(value => value !== undefined));
}

/**
 * Undefined where it was not measured; NaN where what it is compared with came out as nothing: such a run has reached
 * nothing.
 */

function valueOf(run, { figure, of }) {
  const value = Math.max(...[figure].flat().map(path => figureOf(run, path)));
  if (Number.isNaN(value)) return undefined;
  if (of === undefined) return value;
  const base = [of].flat().reduce((sum, path) => sum + figureOf(run, path), 0);
  if (Number.isNaN(base)) return undefined;
  return base > 0 ? value / base : NaN;
}

/** The targets, what each run has reached, and what stands in the way of the others. */
export function targetsText(runs) {
  const targets = judged(runs);
  const all = runs.length;
  const measured = runs.map((_, index) => (all > 1 ? `run ${index + 1}` : 'measured'));
  const table = {
    columns: ['', 'aim', ...measured, 'reached'],
    rows: targets.map(({ what, atMost, format, values, reached }, index) => [
      `${index + 1}. ${what}`,
      `≤ ${format(atMost)}`,
      ...values.map(value => (Number.isFinite(value) ? format(value) : '–')),
      reached === all ? 'yes' : `${reached} of ${all}`,
    ]),
  };
  const reasons = targets.flatMap(({ why, reached }, index) => {
    const reason = typeof why === 'function' ? why(runs) : why;
    return reached === all ? [] : [`- Row ${index + 1}: ${reason}.`];
  });
  if (reasons.length === 0) return formatTable(table);
  const intro = 'What stands in the way of those that were not reached each time:';
  return [formatTable(table), intro, reasons.join('\n')].join('\n\n');
}
