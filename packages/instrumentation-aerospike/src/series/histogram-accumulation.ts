import { TraceFlags, type Attributes } from '@opentelemetry/api';
import { epochNow } from '../clock';
import type { BoundarySearch } from './boundary-search';
import type { CountsPlace } from './count-pages';
import { ExponentialBuckets } from './exponential-buckets';
import { indexOf } from './exponential-index';
import type { Exemplar, HistogramPoint } from './points';
import type { SpanScope } from './recorder';

/** What is kept of values beside the buckets between boundaries. */
export interface Resolution {
  /** Whether there are exponential buckets too. */
  readonly exponential: boolean;
  /** Whether each bucket has its last sampled operation. */
  readonly exemplars: boolean;
}

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
  exponential: ExponentialBuckets | undefined;
  exemplars: (Exemplar | undefined)[] | undefined = undefined;
  private readonly keepsExemplars: boolean;

  /** @param startTime milliseconds since the epoch */
  constructor(
    readonly attributes: Attributes,
    private readonly search: BoundarySearch,
    readonly startTime: number,
    { page, offset }: CountsPlace,
    { exponential, exemplars }: Resolution,
  ) {
    this.counts = page;
    this.offset = offset;
    this.exponential = exponential ? new ExponentialBuckets() : undefined;
    this.keepsExemplars = exemplars;
  }

  get boundaries(): readonly number[] {
    return this.search.boundaries;
  }

  record(value: number, span?: SpanScope): void {
    this.count++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    const index = indexOf(value);
    const bucket = this.search.bucketOf(value, index);
    const cell = this.offset + bucket;
    this.counts[cell] = (this.counts[cell] ?? 0) + 1;
    this.exponential?.record(index);
    if (span !== undefined && this.keepsExemplars) this.keepExemplar(bucket, value, span);
  }

  close(): void {
    this.isOpen = false;
    // A series in which nothing is recorded any more keeps this, which would keep a page.
    this.counts = NO_PAGE;
    this.exponential = undefined;
    this.exemplars = undefined;
  }

  private keepExemplar(bucket: number, value: number, { spanContext }: SpanScope): void {
    const { traceId, spanId, traceFlags } = spanContext;
    if ((traceFlags & TraceFlags.SAMPLED) === 0) return;
    this.exemplars ??= new Array<Exemplar | undefined>(this.boundaries.length + 1).fill(undefined);
    this.exemplars[bucket] = { traceId, spanId, value, time: epochNow() };
  }
}

const NO_PAGE = new Float64Array();
