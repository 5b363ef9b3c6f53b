import type { NativeHistogram, Series } from '@test/support/build/prometheus-server';

/** What a classic histogram would have of the same samples: series of each of its kinds. */
export interface Components {
  readonly bucket: readonly Series[];
  readonly sum: readonly Series[];
  readonly count: readonly Series[];
}

/**
 * Takes native histograms apart, read over a window of time. Each bucket that any of them has becomes a boundary of all,
 * so that those of different series can be added up.
 */
export function componentsOf(natives: readonly Series[]): Components {
  const histograms = natives.flatMap(({ histograms = [] }) => histograms.map(([, one]) => one));
  const boundaries = [...new Set(histograms.flatMap(boundariesOf))].sort((a, b) => a - b);
  const series = (labels: object, valueOf: (histogram: NativeHistogram) => string) =>
    natives.map(({ metric, histograms = [] }) => ({
      metric: { ...metric, ...labels },
      values: histograms.map(([time, histogram]) => [time, valueOf(histogram)] as const),
    }));
  return {
    sum: series({}, ({ sum }) => sum),
    count: series({}, ({ count }) => count),
    bucket: [
      ...boundaries.flatMap(boundary =>
        series({ le: String(boundary) }, histogram => String(countWithin(boundary, histogram))),
      ),
      ...series({ le: '+Inf' }, ({ count }) => count),
    ],
  };
}

function boundariesOf({ buckets = [] }: NativeHistogram): number[] {
  return buckets.flatMap(([, left, right]) => [Number(left), Number(right)]);
}

function countWithin(boundary: number, { buckets = [] }: NativeHistogram): number {
  return buckets.reduce(
    (sum, [, , right, count]) => (Number(right) <= boundary ? sum + Number(count) : sum),
    0,
  );
}
