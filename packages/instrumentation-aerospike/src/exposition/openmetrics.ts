import type { Attributes } from '@opentelemetry/api';
import { epochNow } from '../clock';
import type { Exemplar, HistogramPoint } from '../series/points';
import { bucketLines } from './bucket-lines';
import type { Family } from './family';
import { escapedInQuotes, labelText, type Label } from './labels';
import { SeriesLabels } from './series-labels';
import { numberLine, numberText } from './text';
import { unitOfName } from './unit';
import type { WriteOptions } from './write-options';

/**
 * Writes metrics in the OpenMetrics text format, without the end of the answer. `le` is written as in the text format,
 * so that no series changes its name.
 *
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export class OpenMetricsWriter {
  private readonly labels: SeriesLabels<string>;

  constructor(private readonly options: WriteOptions) {
    this.labels = new SeriesLabels(options, labelText);
  }

  /**
   * @param target labels of `target_info`
   * @returns parts, each of whole lines. A series is one part, so that its lines agree.
   */
  *write(
    families: Iterable<Family>,
    target: readonly Label[] | undefined,
  ): Generator<string, void> {
    if (target !== undefined) yield targetInfo(target);
    const time = this.options.hasTimestamps ? ` ${epochNow() / 1000}` : '';
    let lastName: string | undefined;
    for (const family of families) {
      const name = `${this.options.prefix}${family.name}`;
      // Those of several scopes can have the same name.
      if (name !== lastName) yield head(name, family);
      lastName = name;
      yield* this.lines(name, family, time);
    }
  }

  private *lines(name: string, family: Family, time: string): Generator<string, void> {
    const { type } = family;
    const shared = this.labels.shared(family);
    const labelsOf = (attributes: Attributes): string => {
      const own = this.labels.own(type, attributes);
      return own === '' || shared === '' ? own + shared : `${own},${shared}`;
    };
    if (family.type === 'histogram') {
      for (const point of family.points) {
        yield histogramLines(name, labelsOf(point.attributes), point, time);
      }
    } else {
      const sample = type === 'counter' ? `${name}_total` : name;
      for (const { attributes, value } of family.points) {
        yield numberLine(sample, labelsOf(attributes), value, time);
      }
    }
  }
}

function targetInfo(labels: readonly Label[]): string {
  const head = '# TYPE target info\n# HELP target Target metadata\n';
  return head + numberLine('target_info', labelText(labels), 1, '');
}

function head(name: string, { type, unit, description }: Family): string {
  const unitWord = unitOfName(name, unit);
  return (
    `# TYPE ${name} ${type}\n` +
    (unitWord === undefined ? '' : `# UNIT ${name} ${unitWord}\n`) +
    (description === '' ? '' : `# HELP ${name} ${escapedInQuotes(description)}\n`)
  );
}

/**
 * The lines of a histogram: the buckets, count and sum.
 *
 * @param time of each value, with a space before it, or nothing
 */
function histogramLines(name: string, labels: string, point: HistogramPoint, time: string): string {
  const { count, sum } = point;
  const exemplars = point.exemplars?.map(exemplar => exemplar && exemplarText(exemplar));
  const buckets = bucketLines(name, labels, point, time, exemplars);
  const countLine = numberLine(`${name}_count`, labels, count, time);
  return (
    buckets + countLine + (Number.isNaN(sum) ? '' : numberLine(`${name}_sum`, labels, sum, time))
  );
}

function exemplarText({ traceId, spanId, value, time }: Exemplar): string {
  return ` # {trace_id="${traceId}",span_id="${spanId}"} ${billionthsText(value)} ${secondsText(time)}\n`;
}

const THOUSANDTHS = Array.from({ length: 1000 }, (_, number) => `${number}`.padStart(3, '0'));
/** From here on a float is not exact to a billionth. */
const MAX_BILLIONTHS = 2 ** 53 / 1e9;

/**
 * A value to the billionth, which no clock is more exact than. All digits of a float, most of them noise of a
 * subtraction, would take three times longer.
 */
function billionthsText(value: number): string {
  if (Number.isInteger(value) || !(value >= 0 && value < MAX_BILLIONTHS)) return numberText(value);
  const billionths = Math.round(value * 1e9);
  const whole = Math.floor(billionths / 1e9);
  const rest = billionths - whole * 1e9;
  const [millis, micros] = [Math.floor(rest / 1e6), Math.floor(rest / 1e3)];
  return `${whole}.${THOUSANDTHS[millis] ?? ''}${THOUSANDTHS[micros % 1000] ?? ''}${THOUSANDTHS[rest % 1000] ?? ''}`;
}

/** The second that was written last: most exemplars are of a few seconds. */
let lastSecond = { number: 0, text: '0' };

/** @param time milliseconds since the epoch */
function secondsText(time: number): string {
  const number = Math.floor(time / 1000);
  if (number !== lastSecond.number) lastSecond = { number, text: `${number}` };
  return `${lastSecond.text}.${THOUSANDTHS[Math.floor(time - number * 1000)] ?? ''}`;
}
