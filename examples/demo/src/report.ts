import {
  DataPointType,
  type DataPoint,
  type Histogram,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';

/** The numbers of one operation, or of all together. */
export interface Line {
  readonly operation: string;
  readonly perSecond: number;
  /** In seconds; undefined when there was no call. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  /** Calls since the demo started. */
  readonly count: number;
  /** Failed calls since the demo started, by `error.type`. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface Report {
  /** How long the workload has been running. */
  readonly seconds: number;
  readonly operations: readonly Line[];
  readonly all: Line;
}

/** What the metric says at one time: its series, each a histogram of calls. */
type Reading = readonly DataPoint<Histogram>[];

/** Makes reports of the metric: rates and quantiles of a window of time, counts since the demo started. */
export class Reporter {
  private readonly startTime = performance.now();
  private lastTime = this.startTime;
  private last: Reading;

  private constructor(
    private readonly producer: MetricProducer,
    private readonly first: Reading,
  ) {
    this.last = first;
  }

  static async start(producer: MetricProducer): Promise<Reporter> {
    return new Reporter(producer, await read(producer));
  }

  /** Reports on the time since the last report. */
  async latest(): Promise<Report> {
    const { lastTime, last } = this;
    this.lastTime = performance.now();
    this.last = await read(this.producer);
    return this.report(this.last, last, this.lastTime - lastTime);
  }

  /** Reports on the whole time. */
  async total(): Promise<Report> {
    const now = await read(this.producer);
    return this.report(now, this.first, performance.now() - this.startTime);
  }

  private report(now: Reading, before: Reading, windowMs: number): Report {
    const line = (operation: string, isMeant: (name: string) => boolean): Line =>
      lineOf(operation, only(now, isMeant), only(before, isMeant), windowMs / 1000);
    const operations = [...new Set(now.map(operationOf))].sort();
    return {
      seconds: (performance.now() - this.startTime) / 1000,
      operations: operations.map(operation => line(operation, name => name === operation)),
      all: line('all', () => true),
    };
  }
}

/** Reads the metric, as a scrape does. */
async function read(producer: MetricProducer): Promise<Reading> {
  const { resourceMetrics } = await producer.collect();
  return (
    resourceMetrics.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .filter(({ descriptor }) => descriptor.name === 'db_client_operation_duration_seconds')
      .flatMap(metric =>
        metric.dataPointType === DataPointType.HISTOGRAM ? metric.dataPoints : [],
      )
      // Without a namespace are the questions to the server about itself: not part of the workload.
      .filter(({ attributes }) => attributes['db.namespace'] !== undefined)
  );
}

function only(reading: Reading, isMeant: (operation: string) => boolean): Reading {
  return reading.filter(point => isMeant(operationOf(point)));
}

function operationOf({ attributes }: Reading[number]): string {
  return String(attributes['db.operation.name']);
}

function lineOf(operation: string, now: Reading, before: Reading, seconds: number): Line {
  const counts = countsOf(now);
  const earlier = countsOf(before);
  const window = {
    boundaries: now[0]?.value.buckets.boundaries ?? [],
    counts: counts.map((count, bucket) => count - (earlier[bucket] ?? 0)),
  };
  const errors: Record<string, number> = {};
  for (const { attributes, value } of now) {
    const type = attributes['error.type'];
    if (typeof type === 'string') errors[type] = (errors[type] ?? 0) + value.count;
  }
  return {
    operation,
    perSecond: sum(window.counts) / seconds,
    p50: quantile(0.5, window),
    p99: quantile(0.99, window),
    count: sum(counts),
    errors,
  };
}

/** The calls in each bucket. */
function countsOf(reading: Reading): number[] {
  const counts: number[] = [];
  for (const { value } of reading) {
    value.buckets.counts.forEach((count, bucket) => {
      counts[bucket] = (counts[bucket] ?? 0) + count;
    });
  }
  return counts;
}

/**
 * Estimates a quantile in seconds as PromQL's histogram_quantile does: the calls of a bucket are taken to be spread
 * evenly over it, and those above the last boundary to be on it.
 *
 * @param buckets upper bounds in seconds, and the calls in each bucket: one more than there are bounds
 * @returns undefined when nothing was measured
 */
export function quantile(
  fraction: number,
  {
    boundaries,
    counts,
  }: { readonly boundaries: readonly number[]; readonly counts: readonly number[] },
): number | undefined {
  const rank = fraction * sum(counts);
  if (rank === 0) return undefined;
  let below = 0;
  for (const [bucket, upper] of boundaries.entries()) {
    const inBucket = counts[bucket] ?? 0;
    if (below + inBucket >= rank && inBucket > 0) {
      const lower = boundaries[bucket - 1] ?? 0;
      return lower + ((upper - lower) * (rank - below)) / inBucket;
    }
    below += inBucket;
  }
  return boundaries.at(-1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
