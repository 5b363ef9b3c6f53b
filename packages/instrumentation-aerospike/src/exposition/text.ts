import { epochNow } from '../clock';
import type { HistogramPoint } from '../series/points';
import type { Family } from './family';
import { escaped, labelText, LabelTexts, scopeLabels, type Label } from './labels';
import { inPieces, joinedText } from './pieces';
import type { WriteOptions } from './write-options';

/**
 * Writes metrics in Prometheus' text format 0.0.4: the bytes that OpenTelemetry's PrometheusSerializer writes.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export class TextWriter {
  private readonly labels = new Map<string, LabelTexts>();

  constructor(private readonly options: WriteOptions) {}

  /** The text, in pieces. A series is in one piece, so that its lines agree. */
  write(families: Iterable<Family>): Iterable<string> {
    const end = this.options.hasTimestamps ? ` ${epochNow()}\n` : '\n';
    return inPieces(this.parts(families, end), joinedText);
  }

  private *parts(families: Iterable<Family>, end: string): Generator<string, void> {
    for (const family of families) {
      const plain = `${this.options.prefix}${family.name}`;
      const isCounter = family.type === 'counter' && !plain.endsWith('_total');
      const name = isCounter ? `${plain}_total` : plain;
      yield head(name, family);
      const labels = this.labelsOf(family);
      if (family.type === 'histogram') {
        for (const point of family.points) {
          yield histogramLines(name, labels.of(point.attributes), point, end);
        }
      } else {
        for (const { attributes, value } of family.points) {
          yield numberLine(name, labels.of(attributes), value, end);
        }
      }
    }
  }

  private labelsOf({ type, scope }: Family): LabelTexts {
    const { hasScopeLabels, constantLabels } = this.options;
    const shared = [
      ...(hasScopeLabels ? scopeLabels(scope) : []),
      // That of the buckets would stand twice.
      ...constantLabels.filter(([name]) => type !== 'histogram' || name !== 'le'),
    ];
    const key = labelText(shared);
    let labels = this.labels.get(key);
    if (labels === undefined) this.labels.set(key, (labels = new LabelTexts(shared)));
    return labels;
  }
}

/** The labels of the resource, as the one line of a metric of their own. */
export function targetInfo(labels: readonly Label[]): string {
  const head = '# HELP target_info Target metadata\n# TYPE target_info gauge\n';
  return head + numberLine('target_info', labelText(labels), 1, '\n');
}

function head(name: string, { description, unit, type }: Family): string {
  const help = `# HELP ${name} ${escaped(description || 'description missing')}\n`;
  const unitLine = unit === '' ? '' : `# UNIT ${name} ${escaped(unit)}\n`;
  return `${help}${unitLine}# TYPE ${name} ${type}\n`;
}

/** @param end of each line, after the value */
function numberLine(name: string, labels: string, value: number, end: string): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${numberText(value)}${end}`;
}

/** The lines of a histogram: count, sum, and the buckets, each with what is in those before it too. */
function histogramLines(name: string, labels: string, point: HistogramPoint, end: string): string {
  const { count, sum, counts, offset, boundaries } = point;
  let lines = numberLine(`${name}_count`, labels, count, end);
  if (!Number.isNaN(sum)) lines += numberLine(`${name}_sum`, labels, sum, end);
  // One string, where a template would make a chain of its pieces, and that again in every line.
  const start = [name, '_bucket{', labels, labels === '' ? '' : ','].join('');
  let below = 0;
  let index = offset;
  let value = `0${end}`;
  for (const le of leLabels(boundaries)) {
    const inBucket = counts[index++] ?? 0;
    // Most buckets are empty, and have the value of the one before.
    if (inBucket !== 0) value = `${(below += inBucket)}${end}`;
    lines += start + (le + value);
  }
  return lines;
}

/** By the list of boundaries, which all series of a histogram share. */
const LE_LABELS = new WeakMap<readonly number[], readonly string[]>();

/** The labels `le` of the buckets, with all that stands between them and the value. */
export function leLabels(boundaries: readonly number[]): readonly string[] {
  let labels = LE_LABELS.get(boundaries);
  if (labels === undefined) {
    // Some histograms of the SDK have infinity among their boundaries.
    const finite = boundaries.filter(boundary => boundary !== Infinity);
    labels = [...finite, '+Inf'].map(boundary => `le="${boundary}"} `);
    LE_LABELS.set(boundaries, labels);
  }
  return labels;
}

export function numberText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : `${value}`;
}
