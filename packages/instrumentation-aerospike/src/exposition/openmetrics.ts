import type { Attributes } from '@opentelemetry/api';
import type { Exemplar, HistogramPoint, NumberPoint } from '../series/points';
import { ByAttributes } from './by-attributes';
import type { Family } from './family';
import { labelPairs, scopePairs, type LabelPair } from './label-pairs';
import { unitOfName } from './unit';

/** What an answer in this format ends with. */
export const OPENMETRICS_END = '# EOF\n';

/** In characters. Much longer strings are allocated where they are expensive. */
const PIECE_LENGTH = 2 ** 15;

/**
 * Writes metrics in the OpenMetrics text format, without {@link OPENMETRICS_END}. `le` is written as in the text format,
 * so that no series changes its name.
 *
 * @param target attributes of the resource, for `target_info`
 * @returns pieces, none longer than 32 KiB unless one series is
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function* openMetrics(
  families: Iterable<Family>,
  target: Attributes | undefined,
): Generator<string, void> {
  // Joined, since strings that are added up stay a heap of fragments until they are used.
  let parts: string[] = [];
  let length = 0;
  for (const part of partsOf(families, target)) {
    if (length + part.length > PIECE_LENGTH && length > 0) {
      yield parts.join('');
      parts = [];
      length = 0;
    }
    parts.push(part);
    length += part.length;
  }
  if (length > 0) yield parts.join('');
}

function* partsOf(
  families: Iterable<Family>,
  target: Attributes | undefined,
): Generator<string, void> {
  if (target !== undefined) {
    const labels = textOf(labelPairs(target, 'target'));
    yield `# TYPE target info\n# HELP target Target metadata\n${line('target_info', labels, 1)}`;
  }
  let lastName: string | undefined;
  for (const family of families) {
    // Those of several scopes can have the same name.
    if (family.name !== lastName) yield headOf(family);
    lastName = family.name;
    yield* linesOf(family);
  }
}

function headOf({ name, type, unit, description }: Family): string {
  const unitWord = unitOfName(name, unit);
  return (
    `# TYPE ${name} ${type}\n` +
    (unitWord === undefined ? '' : `# UNIT ${name} ${unitWord}\n`) +
    (description === '' ? '' : `# HELP ${name} ${escaped(description)}\n`)
  );
}

function* linesOf(family: Family): Generator<string, void> {
  const { name, scope } = family;
  const scopeLabels = textOf(scopePairs(scope));
  if (family.type === 'histogram') {
    for (const point of family.points) {
      yield histogramLines(name, labelsOf(point, 'histogram', scopeLabels), point);
    }
  } else {
    const { type } = family;
    const sample = type === 'counter' ? `${name}_total` : name;
    for (const point of family.points) {
      yield line(sample, labelsOf(point, type, scopeLabels), point.value);
    }
  }
}

function labelsOf(
  { attributes }: HistogramPoint | NumberPoint,
  type: Family['type'],
  scopeLabels: string,
): string {
  const own = LABELS[type].of(attributes);
  return own === '' ? scopeLabels : `${own},${scopeLabels}`;
}

/** The lines of a histogram: the buckets, each with what is in those before it too, count and sum. */
function histogramLines(name: string, labels: string, point: HistogramPoint): string {
  const { counts, offset, exemplars } = point;
  // One string, where a template would make a chain of its pieces, and that again in every line.
  const start = [name, '_bucket{', labels, ','].join('');
  let lines = '';
  let below = 0;
  let bucket = 0;
  let value = '0';
  for (const le of leLabels(point.boundaries)) {
    const count = counts[offset + bucket] ?? 0;
    // Most buckets are empty, and have the value of the one before.
    if (count !== 0) value = `${(below += count)}`;
    const exemplar = exemplars?.[bucket];
    lines += start + (le + value) + (exemplar === undefined ? '\n' : exemplarText(exemplar));
    bucket++;
  }
  lines += line(`${name}_count`, labels, point.count);
  return point.sum === undefined ? lines : lines + line(`${name}_sum`, labels, point.sum);
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

/** By the list of boundaries, which all series of a histogram share. */
const LE_LABELS = new WeakMap<readonly number[], readonly string[]>();

/** The labels `le` of the buckets, with all that stands between them and the value. */
function leLabels(boundaries: readonly number[]): readonly string[] {
  let labels = LE_LABELS.get(boundaries);
  if (labels === undefined) {
    const finite = boundaries.filter(boundary => boundary !== Infinity);
    labels = [...finite, '+Inf'].map(boundary => `le="${boundary}"} `);
    LE_LABELS.set(boundaries, labels);
  }
  return labels;
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${numberText(value)}\n`;
}

function numberText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : `${value}`;
}

const LABELS: Readonly<Record<Family['type'], ByAttributes<string>>> = {
  histogram: new ByAttributes(attributes => textOf(labelPairs(attributes, 'histogram'))),
  counter: new ByAttributes(attributes => textOf(labelPairs(attributes, 'counter'))),
  gauge: new ByAttributes(attributes => textOf(labelPairs(attributes, 'gauge'))),
};

function textOf(pairs: readonly LabelPair[]): string {
  return pairs.map(([name, value]) => `${name}="${escaped(value)}"`).join(',');
}

function escaped(text: string): string {
  return text.replace(/[\\"\n]/g, character => (character === '\n' ? '\\n' : `\\${character}`));
}
