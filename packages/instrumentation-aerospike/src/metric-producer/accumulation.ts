import type { Attributes, HrTime } from '@opentelemetry/api';
import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics';
import { hrTimeOf } from '../hr-time';
import type { CountsPlace } from './count-pages';

/** What has been recorded with one attribute set since some time. */
export class Accumulation {
  /** False once it has been handed over to whoever collects, so that nothing may be added any more. */
  isOpen = true;
  private sum = 0;
  private min = Infinity;
  private max = -Infinity;
  private page: Float64Array;
  private readonly offset: number;

  /** @param startTime milliseconds since the epoch */
  constructor(
    private readonly attributes: Attributes,
    private readonly boundaries: readonly number[],
    private readonly startTime: number,
    { page, offset }: CountsPlace,
  ) {
    this.page = page;
    this.offset = offset;
  }

  record(value: number): void {
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    let cell = this.offset;
    // From below, since most operations end up in the first buckets.
    for (const boundary of this.boundaries) {
      if (value <= boundary) break;
      cell++;
    }
    this.page[cell] = (this.page[cell] ?? 0) + 1;
  }

  /** What it holds at this moment. */
  dataPoint(endTime: HrTime): DataPoint<Histogram> {
    const { attributes, boundaries, sum, min, max, page, offset } = this;
    const counts: number[] = [];
    let count = 0;
    for (let bucket = 0; bucket <= boundaries.length; bucket++) {
      const inBucket = page[offset + bucket] ?? 0;
      counts.push(inBucket);
      count += inBucket;
    }
    const buckets = { boundaries: boundaries as number[], counts };
    const startTime = hrTimeOf(this.startTime);
    return { attributes, startTime, endTime, value: { min, max, sum, buckets, count } };
  }

  close(): void {
    this.isOpen = false;
    // A series in which nothing is recorded any more keeps this, which would keep a page.
    this.page = NO_PAGE;
  }
}

const NO_PAGE = new Float64Array();
