import type { Histogram } from '@opentelemetry/sdk-metrics';

/**
 * The lines of a data point.
 *
 * @param labels as they stand between the braces
 * @param end of each line, after the value
 */
export type Lines<Value> = (name: string, labels: string, value: Value, end: string) => string;

export function numberLine(name: string, labels: string, value: number, end: string): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${valueText(value)}${end}`;
}

/** The lines of a histogram: count, sum, and the buckets, each with what is in those before it too. */
export function histogramLines(
  name: string,
  labels: string,
  { count, sum, buckets }: Histogram,
  end: string,
): string {
  let lines = numberLine(`${name}_count`, labels, count, end);
  if (sum !== undefined) lines += numberLine(`${name}_sum`, labels, sum, end);
  // One string, where a template would make a chain of its pieces, and that again in every line.
  const start = [name, '_bucket{', labels, labels === '' ? '' : ','].join('');
  const { counts } = buckets;
  let below = 0;
  let index = 0;
  let value = `0${end}`;
  for (const le of leLabels(buckets.boundaries)) {
    const count = counts[index++] ?? 0;
    // Most buckets are empty, and have the value of the one before.
    if (count !== 0) value = `${(below += count)}${end}`;
    lines += start + (le + value);
  }
  return lines;
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

function valueText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : `${value}`;
}
