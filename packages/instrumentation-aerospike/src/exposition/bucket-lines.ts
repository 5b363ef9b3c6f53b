import type { HistogramPoint } from '../series/points';

/**
 * The lines of a histogram's buckets, each with what is in those before it too.
 *
 * @param end of each value, such as its time
 * @param exemplars what stands after the values of those buckets that have one, up to the end of the line
 */
export function bucketLines(
  name: string,
  labels: string,
  { boundaries, counts, offset }: HistogramPoint,
  end: string,
  exemplars?: readonly (string | undefined)[],
): string {
  // One string, where a template would make a chain of its pieces, and that again in every line.
  const start = [name, '_bucket{', labels, labels === '' ? '' : ','].join('');
  let lines = '';
  let below = 0;
  let bucket = 0;
  let value = `0${end}\n`;
  for (const le of leLabels(boundaries)) {
    const inBucket = counts[offset + bucket] ?? 0;
    // Most buckets are empty, and have the value of the one before.
    if (inBucket !== 0) value = `${(below += inBucket)}${end}\n`;
    const exemplar = exemplars?.[bucket];
    lines += start + (le + (exemplar === undefined ? value : `${below}${end}${exemplar}`));
    bucket++;
  }
  return lines;
}

/** By the list of boundaries, which all series of a histogram share. */
const LE_LABELS = new WeakMap<readonly number[], readonly string[]>();

/** The labels `le` of the buckets, with all that stands between them and the value. */
function leLabels(boundaries: readonly number[]): readonly string[] {
  let labels = LE_LABELS.get(boundaries);
  if (labels === undefined) {
    // Some histograms of the SDK have infinity among their boundaries.
    const finite = boundaries.filter(boundary => boundary !== Infinity);
    labels = [...finite, '+Inf'].map(boundary => `le="${boundary}"} `);
    LE_LABELS.set(boundaries, labels);
  }
  return labels;
}
