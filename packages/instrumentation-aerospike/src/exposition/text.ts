import { epochNow } from '../clock';
import type { HistogramPoint } from '../series/points';
import { bucketLines } from './bucket-lines';
import type { Family } from './family';
import { escaped, labelText, LabelTexts, scopeLabels, type Label } from './labels';
import type { WriteOptions } from './write-options';

/**
 * Writes metrics in Prometheus' text format 0.0.4: the bytes that OpenTelemetry's PrometheusSerializer writes.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export class TextWriter {
  private readonly labels = new Map<string, LabelTexts>();

  constructor(private readonly options: WriteOptions) {}

  /**
   * @param before text that stands before it
   * @returns parts. A series is one part, so that its lines agree.
   */
  *write(families: Iterable<Family>, before = ''): Generator<string, void> {
    if (before !== '') yield before;
    const end = this.options.hasTimestamps ? ` ${epochNow()}` : '';
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
  return head + numberLine('target_info', labelText(labels), 1, '');
}

function head(name: string, { description, unit, type }: Family): string {
  const help = `# HELP ${name} ${escaped(description || 'description missing')}\n`;
  const unitLine = unit === '' ? '' : `# UNIT ${name} ${escaped(unit)}\n`;
  return `${help}${unitLine}# TYPE ${name} ${type}\n`;
}

/**
 * The line of one value, in either text format.
 *
 * @param end of the line, after the value
 */
export function numberLine(name: string, labels: string, value: number, end: string): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${numberText(value)}${end}\n`;
}

/** The lines of a histogram: count, sum and the buckets. */
function histogramLines(name: string, labels: string, point: HistogramPoint, end: string): string {
  const { count, sum } = point;
  const countLine = numberLine(`${name}_count`, labels, count, end);
  const sumLine = Number.isNaN(sum) ? '' : numberLine(`${name}_sum`, labels, sum, end);
  return countLine + sumLine + bucketLines(name, labels, point, end);
}

export function numberText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : `${value}`;
}
