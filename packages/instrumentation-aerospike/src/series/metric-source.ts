import type { HistogramMetric, Metric } from './metrics';
import type { HistogramPoint, NumberPoint } from './points';

/** Metrics as they are at the moment, for whoever writes them or passes them on. */
export interface MetricSource {
  /** Each histogram of which something may have been recorded. */
  readonly histograms: ReadonlyMap<HistogramMetric, { readonly points: Iterable<HistogramPoint> }>;
  /** Reads all metrics that are read when somebody collects. */
  numbers(): ReadonlyMap<Metric, Iterable<NumberPoint>>;
}
