import {
  DataPointType,
  type HistogramMetricData,
  type IMetricReader,
} from '@opentelemetry/sdk-metrics';

/** What the metric says about the calls of one operation, or of several. */
export interface Durations {
  readonly count: number;
  /** Upper bounds of the buckets in seconds. */
  readonly boundaries: readonly number[];
  /** Number of calls in each bucket; one more than there are boundaries. */
  readonly buckets: readonly number[];
  /** Failed calls by `error.type`. */
  readonly errors: ReadonlyMap<string, number>;
}

export const NO_DURATIONS: Durations = { count: 0, boundaries: [], buckets: [], errors: new Map() };

/** Reads the metric, as a scrape does, and sums it up by operation. */
export async function readDurations(reader: IMetricReader): Promise<Map<string, Durations>> {
  const { resourceMetrics } = await reader.collect();
  const points = resourceMetrics.scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .filter(metric => metric.descriptor.name === 'db_client_operation_duration_seconds')
    .filter(
      (metric): metric is HistogramMetricData => metric.dataPointType === DataPointType.HISTOGRAM,
    )
    .flatMap(({ dataPoints }) => dataPoints)
    // Without a namespace are the questions to the server about itself: not part of the workload.
    .filter(({ attributes }) => attributes['db.namespace'] !== undefined);

  const byOperation = new Map<string, Durations>();
  for (const { attributes, value } of points) {
    const operation = String(attributes['db.operation.name']);
    const errorType = attributes['error.type'];
    const point: Durations = {
      count: value.count,
      boundaries: value.buckets.boundaries,
      buckets: value.buckets.counts,
      errors: new Map(errorType === undefined ? [] : [[String(errorType), value.count]]),
    };
    byOperation.set(operation, sum(byOperation.get(operation) ?? NO_DURATIONS, point));
  }
  return byOperation;
}

export function sum(a: Durations, b: Durations): Durations {
  return combine(a, b, (x, y) => x + y);
}

/** What has been measured since an earlier reading. */
export function since(now: Durations, earlier: Durations): Durations {
  return combine(now, earlier, (x, y) => x - y);
}

function combine(a: Durations, b: Durations, merge: (x: number, y: number) => number): Durations {
  const { boundaries } = a.boundaries.length > 0 ? a : b;
  const errorTypes = new Set([...a.errors.keys(), ...b.errors.keys()]);
  return {
    count: merge(a.count, b.count),
    boundaries,
    buckets: Array.from({ length: boundaries.length + 1 }, (_, index) =>
      merge(a.buckets[index] ?? 0, b.buckets[index] ?? 0),
    ),
    errors: new Map(
      Array.from(errorTypes, type => [
        type,
        merge(a.errors.get(type) ?? 0, b.errors.get(type) ?? 0),
      ]),
    ),
  };
}

/**
 * Estimates a quantile in seconds as PromQL's histogram_quantile does: the calls of a bucket are taken to be spread
 * evenly over it, and those above the last boundary to be on it.
 *
 * @returns undefined when nothing was measured
 */
export function quantile(
  fraction: number,
  { count, boundaries, buckets }: Durations,
): number | undefined {
  if (count === 0) return undefined;
  const rank = fraction * count;
  let below = 0;
  for (const [index, upper] of boundaries.entries()) {
    const inBucket = buckets[index] ?? 0;
    if (below + inBucket >= rank && inBucket > 0) {
      const lower = boundaries[index - 1] ?? 0;
      return lower + ((upper - lower) * (rank - below)) / inBucket;
    }
    below += inBucket;
  }
  return boundaries.at(-1);
}
