import type { Attributes, HrTime } from '@opentelemetry/api';
import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics';

/** What has been recorded with one attribute set since some time. */
export class Accumulation {
  /** False once it has been handed over to whoever collects, so that nothing may be added any more. */
  isOpen = true;
  private sum = 0;
  private min = Infinity;
  private max = -Infinity;
  /** Floats, which count exactly up to 2^53. */
  private readonly counts: Float64Array;

  constructor(
    private readonly attributes: Attributes,
    private readonly boundaries: readonly number[],
    private readonly startTime: HrTime,
  ) {
    this.counts = new Float64Array(boundaries.length + 1);
  }

  record(value: number): void {
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    let bucket = 0;
    // From below, since most operations end up in the first buckets.
    for (const boundary of this.boundaries) {
      if (value <= boundary) break;
      bucket++;
    }
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  /** What it holds at this moment. */
  dataPoint(endTime: HrTime): DataPoint<Histogram> {
    const { attributes, startTime, sum, min, max } = this;
    const counts: number[] = [];
    let count = 0;
    // Array.from would take ten times as long.
    for (const inBucket of this.counts) {
      counts.push(inBucket);
      count += inBucket;
    }
    const buckets = { boundaries: this.boundaries as number[], counts };
    return { attributes, startTime, endTime, value: { min, max, sum, buckets, count } };
  }
}
