import type { ExponentialReport, PointReport } from './report';

/** What a process has told last of a series. */
export interface KeptPoint {
  count: number;
  sum: number;
  readonly counts: number[];
  exponential: KeptExponential | undefined;
}

interface KeptExponential {
  scale: number;
  zeroCount: number;
  firstIndex: number;
  counts: number[];
}

/**
 * Keeps what counts of a report, in place of the one before. The report itself is left to the garbage collector while it
 * is young: thousands that were kept from scrape to scrape would be moved twice, which blocks longer than adding them up.
 */
export function keep(last: KeptPoint | undefined, report: PointReport): KeptPoint {
  const { count, sum, counts, exponential } = report;
  const kept = last ?? { count, sum, counts: [], exponential: undefined };
  kept.count = count;
  kept.sum = sum;
  copy(counts, kept.counts);
  kept.exponential = exponential && keepExponential(kept.exponential, exponential);
  return kept;
}

function keepExponential(
  last: KeptExponential | undefined,
  { scale, zeroCount, firstIndex, counts }: ExponentialReport,
): KeptExponential {
  const kept = last ?? { scale, zeroCount, firstIndex, counts: [] };
  kept.scale = scale;
  kept.zeroCount = zeroCount;
  kept.firstIndex = firstIndex;
  copy(counts, kept.counts);
  return kept;
}

function copy(from: readonly number[], to: number[]): void {
  to.length = from.length;
  for (let index = 0; index < from.length; index++) to[index] = from[index] ?? 0;
}
