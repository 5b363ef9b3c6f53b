import type { Attributes } from '@opentelemetry/api';
import type { CountsPlace } from './count-pages';
import type { ExponentialPoint, Exemplar, HistogramPoint } from './points';

/** What has been recorded of one histogram with one attribute set since some time. */
export class HistogramAccumulation implements HistogramPoint {
  /** False once it has been handed over to whoever collects, so that nothing may be added any more. */
  isOpen = true;
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  counts: Float64Array;
  readonly offset: number;
  readonly exponential: ExponentialPoint | undefined = undefined;
  readonly exemplars: readonly (Exemplar | undefined)[] | undefined = undefined;

  /** @param startTime milliseconds since the epoch */
  constructor(
    readonly attributes: Attributes,
    readonly boundaries: readonly number[],
    readonly startTime: number,
    { page, offset }: CountsPlace,
  ) {
    this.counts = page;
    this.offset = offset;
  }

  record(value: number): void {
    this.count++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    let cell = this.offset;
    // From below, since most operations end up in the first buckets.
    for (const boundary of this.boundaries) {
      if (value <= boundary) break;
      cell++;
    }
    this.counts[cell] = (this.counts[cell] ?? 0) + 1;
  }

  close(): void {
    this.isOpen = false;
    // A series in which nothing is recorded any more keeps this, which would keep a page.
    this.counts = NO_PAGE;
  }
}

const NO_PAGE = new Float64Array();
