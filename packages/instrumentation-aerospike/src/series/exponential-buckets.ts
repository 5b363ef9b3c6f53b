import { MAX_SCALE, ZERO_INDEX } from './exponential-index';
import type { ExponentialPoint } from './points';

/** As many buckets as the SDK keeps by default: at the finest scale from one microsecond to one second. */
const MAX_BUCKETS = 160;
/** Room is made for so many buckets at once: 8. */
const CHUNK_BITS = 3;

/**
 * An exponential histogram of values from 0 on. Its buckets become twice as wide whenever the values would need more
 * than 160 of them.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/sdk/#base2-exponential-bucket-histogram-aggregation
 */
export class ExponentialBuckets implements ExponentialPoint {
  scale = MAX_SCALE;
  zeroCount = 0;
  firstIndex = 0;
  /** No typed array: these take more memory than so few counts do. It holds whole numbers exactly up to 2^53. */
  counts: number[] = [];
  /** By how much an index at the finest scale is shifted to become one at this scale. */
  private shift = 0;

  /** @param finestIndex of the value, at the finest scale */
  record(finestIndex: number): void {
    if (finestIndex === ZERO_INDEX) {
      this.zeroCount++;
      return;
    }
    const index = finestIndex >> this.shift;
    const cell = index - this.firstIndex;
    const { counts } = this;
    if (cell >= 0 && cell < counts.length) counts[cell] = (counts[cell] ?? 0) + 1;
    else this.recordOutside(index);
  }

  private recordOutside(index: number): void {
    const { shift } = this;
    this.makeRoom(index);
    const cell = (index >> (this.shift - shift)) - this.firstIndex;
    this.counts[cell] = (this.counts[cell] ?? 0) + 1;
  }

  /** Makes the bucket of an index part of the counts, if need be at a coarser scale. */
  private makeRoom(index: number): void {
    const filled = filledBuckets(this);
    let first = Math.min(index, filled?.first ?? index);
    let last = Math.max(index, filled?.last ?? index);
    let steps = 0;
    for (; last - first >= MAX_BUCKETS; steps++) {
      first >>= 1;
      last >>= 1;
    }
    this.widen(steps);
    this.resize(first, last);
  }

  /** Grows on that side on which a value is missing, and leaves some room there for the next ones. */
  private resize(first: number, last: number): void {
    const { firstIndex: oldFirst, counts: old } = this;
    const oldLast = oldFirst + old.length - 1;
    const isEmpty = old.length === 0;
    let start = isEmpty || first < oldFirst ? roundDown(first) : oldFirst;
    let end = isEmpty || last > oldLast ? roundDown(last) + 2 ** CHUNK_BITS - 1 : oldLast;
    if (end - start >= MAX_BUCKETS) [start, end] = [first, last];
    if (start === oldFirst && end === oldLast) return;
    const counts = new Array<number>(end - start + 1).fill(0);
    for (let index = Math.max(start, oldFirst); index <= Math.min(end, oldLast); index++) {
      counts[index - start] = old[index - oldFirst] ?? 0;
    }
    this.firstIndex = start;
    this.counts = counts;
  }

  /** Makes each bucket `2 ** steps` times as many old ones. */
  private widen(steps: number): void {
    if (steps === 0) return;
    this.scale -= steps;
    this.shift += steps;
    ({ firstIndex: this.firstIndex, counts: this.counts } = widened(this, steps));
  }
}

/** The same values at a coarser scale. */
export function atScale(point: ExponentialPoint, scale: number): ExponentialPoint {
  const { zeroCount } = point;
  return { scale, zeroCount, ...widened(point, point.scale - scale) };
}

/** A point without the empty buckets at both of its ends. */
export function trimmed(point: ExponentialPoint): ExponentialPoint {
  const { scale, zeroCount, firstIndex, counts } = point;
  const filled = filledBuckets(point);
  if (filled === undefined) return { scale, zeroCount, firstIndex: 0, counts: [] };
  const { first, last } = filled;
  const kept = Array.from(counts.slice(first - firstIndex, last - firstIndex + 1));
  return { scale, zeroCount, firstIndex: first, counts: kept };
}

function widened(
  { firstIndex, counts }: ExponentialPoint,
  steps: number,
): { firstIndex: number; counts: number[] } {
  const first = firstIndex >> steps;
  const length = counts.length === 0 ? 0 : ((firstIndex + counts.length - 1) >> steps) - first + 1;
  const wide = new Array<number>(length).fill(0);
  for (const [cell, count] of counts.entries()) {
    const wideCell = ((firstIndex + cell) >> steps) - first;
    wide[wideCell] = (wide[wideCell] ?? 0) + count;
  }
  return { firstIndex: first, counts: wide };
}

/** The first and the last bucket that have any value. */
function filledBuckets({
  firstIndex,
  counts,
}: ExponentialPoint): { first: number; last: number } | undefined {
  let start = 0;
  let end = counts.length - 1;
  while (start <= end && counts[start] === 0) start++;
  while (end >= start && counts[end] === 0) end--;
  return start > end ? undefined : { first: firstIndex + start, last: firstIndex + end };
}

function roundDown(index: number): number {
  return (index >> CHUNK_BITS) << CHUNK_BITS;
}
