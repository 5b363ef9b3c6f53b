import type { Attributes } from '@opentelemetry/api';
import { CARDINALITY_LIMIT, OVERFLOW } from '../series/cardinality';
import type { MetricSource } from '../series/metric-source';
import { METRICS, type HistogramMetric, type Metric } from '../series/metrics';
import type { NumberPoint } from '../series/points';
import { HistogramSum } from './histogram-sum';
import { keyOf, OVERFLOW_KEY } from './keys';
import { distinctNodes, NumberSums, type Numbers } from './number-sums';
import { keep, type KeptPoint } from './kept-point';
import type { HistogramReport, ProcessReport } from './report';

/** What one process has told last. */
export class Contribution {
  /** By metric and id of the series. */
  readonly series = new Map<HistogramMetric, Map<number, SeriesContribution>>();
  readonly numbers = new Map<Metric, Numbers>();
}

interface SeriesContribution {
  readonly sum: HistogramSum;
  last: KeptPoint | undefined;
}

interface HistogramSums {
  /** Those of the first process that has recorded something. */
  boundaries: readonly number[] | undefined;
  readonly byKey: Map<string, HistogramSum>;
  readonly points: Iterable<HistogramSum>;
}

/** A process has other boundaries than those before it, so its histogram cannot be added to theirs. */
export class BoundariesError extends Error {}

const BY_NAME: ReadonlyMap<string, Metric> = new Map(
  Object.values(METRICS).map(metric => [metric.name, metric]),
);

/**
 * The sums of the metrics of several processes. What a process told stays in them when it ends, apart from gauges, so
 * that no counter falls.
 */
export class MetricSums implements MetricSource {
  readonly histograms = new Map<HistogramMetric, HistogramSums>();
  private readonly numberSums = new Map<Metric, NumberSums>();

  constructor() {
    // There before the first operation, as in each process.
    this.sumsOf(METRICS.operationDuration);
  }

  numbers(): ReadonlyMap<Metric, Iterable<NumberPoint>> {
    const all = new Map<Metric, Iterable<NumberPoint>>();
    for (const [metric, { points }] of this.numberSums) all.set(metric, [...points]);
    const counts = all.get(METRICS.nodeCount);
    if (counts !== undefined) {
      all.set(METRICS.nodeCount, distinctNodes(counts, all.get(METRICS.connectionMax) ?? []));
    }
    return all;
  }

  /**
   * Takes a report of a process. Metrics that this version does not know are passed over.
   *
   * @throws BoundariesError
   */
  add(contribution: Contribution, { histograms, numbers }: ProcessReport): void {
    if (numbers !== undefined) this.addNumbers(contribution, numbers);
    for (const histogram of histograms) {
      const metric = BY_NAME.get(histogram.metric);
      if (metric?.kind === 'histogram') {
        this.addHistogram(contribution, metric as HistogramMetric, histogram);
      }
    }
  }

  /** Lets go of a process that has ended. */
  end(contribution: Contribution): void {
    this.addNumbers(contribution, []);
    contribution.series.clear();
    contribution.numbers.clear();
  }

  private addHistogram(
    { series }: Contribution,
    metric: HistogramMetric,
    { boundaries, points }: HistogramReport,
  ): void {
    const sums = this.sumsOf(metric);
    sums.boundaries ??= boundaries;
    if (String(sums.boundaries) !== String(boundaries)) {
      throw new BoundariesError(`${String(boundaries)} instead of ${String(sums.boundaries)}`);
    }
    let known = series.get(metric);
    if (known === undefined) series.set(metric, (known = new Map<number, SeriesContribution>()));
    for (const point of points) {
      let contributed = known.get(point.id);
      if (contributed === undefined) {
        if (point.attributes === undefined) continue;
        contributed = { sum: sumOf(sums, point.attributes), last: undefined };
        known.set(point.id, contributed);
      }
      const { sum, last } = contributed;
      // What a process has written to a file can be older than what it sent.
      if (point.count <= (last?.count ?? 0)) continue;
      sum.add(last, point);
      contributed.last = keep(last, point);
    }
  }

  private sumsOf(metric: HistogramMetric): HistogramSums {
    let sums = this.histograms.get(metric);
    if (sums === undefined) {
      const byKey = new Map<string, HistogramSum>();
      sums = {
        boundaries: undefined,
        byKey,
        get points() {
          return byKey.values();
        },
      };
      this.histograms.set(metric, sums);
    }
    return sums;
  }

  private addNumbers(
    contribution: Contribution,
    reports: NonNullable<ProcessReport['numbers']>,
  ): void {
    const told = new Map(reports.map(({ metric, points }) => [metric, points]));
    for (const metric of BY_NAME.values()) {
      const points = told.get(metric.name) ?? [];
      const before = contribution.numbers.get(metric);
      if (metric.kind === 'histogram' || (points.length === 0 && before === undefined)) continue;
      let sums = this.numberSums.get(metric);
      if (sums === undefined) {
        this.numberSums.set(metric, (sums = new NumberSums(metric, CARDINALITY_LIMIT)));
      }
      contribution.numbers.set(metric, sums.replace(before, points));
    }
  }
}

function sumOf(sums: HistogramSums, attributes: Attributes): HistogramSum {
  const { byKey, boundaries = [] } = sums;
  const key = keyOf(attributes);
  const found = byKey.get(key);
  if (found !== undefined) return found;
  const isFull = byKey.size >= CARDINALITY_LIMIT - 1 && key !== OVERFLOW_KEY;
  if (isFull) return sumOf(sums, OVERFLOW);
  const sum = new HistogramSum(Object.freeze({ ...attributes }), boundaries);
  byKey.set(key, sum);
  return sum;
}
