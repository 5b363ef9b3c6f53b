import { quotient } from './query';
import type { HistogramKind, Label, Scope } from './scope';

/** The histogram of the instrumentation, as Prometheus names it. aerospike-py names it so too. */
export const METRIC = 'db_client_operation_duration_seconds';

/** What can be asked of the durations, whichever kind the histogram is of. Each is an instant vector. */
export interface Durations {
  /** One series for each combination of labels. */
  series(...matchers: readonly string[]): string;
  /** How many operations there have been, in each series. */
  count(...matchers: readonly string[]): string;
  /** Operations per second, in each series. */
  countRate(...matchers: readonly string[]): string;
  /** Seconds spent in operations, in each second, in each series. */
  sumRate(): string;
  /** The operations per second of each duration, for a heatmap. */
  distribution(): string;
  quantile(fraction: number, by: readonly Label[]): string;
  /** The share of the operations that took at most so long. */
  shareWithin(seconds: number, by: readonly Label[]): string;
  /** The share of the operations that took longer. */
  shareAbove(seconds: number, by: readonly Label[]): string;
}

/** Three kinds of series: `_bucket` for each boundary `le`, which is summed up last, `_sum` and `_count`. */
const classic = (scope: Scope): Durations => {
  const series = (...matchers: readonly string[]) =>
    scope.operations(`${METRIC}_count`, ...matchers);
  const countRate = (...matchers: readonly string[]) => scope.rate(series(...matchers));
  const buckets = (by: readonly Label[], ...matchers: readonly string[]) =>
    scope.sum(by, scope.rate(scope.operations(`${METRIC}_bucket`, ...matchers)));
  const shareWithin = (seconds: number, by: readonly Label[]) =>
    quotient(buckets(by, boundary(seconds)), scope.sum(by, countRate()));
  return {
    series,
    count: series,
    countRate,
    sumRate: () => scope.rate(scope.operations(`${METRIC}_sum`)),
    distribution: () => buckets(['le']),
    quantile: (fraction, by) =>
      `histogram_quantile(\n  ${fraction},\n  ${buckets(['le', ...by])}\n)`,
    shareWithin,
    shareAbove: (seconds, by) => `1 -\n${shareWithin(seconds, by)}`,
  };
};

/** One series, whose samples are histograms. They are added up as numbers are. */
const native = (scope: Scope): Durations => {
  const series = (...matchers: readonly string[]) => scope.operations(METRIC, ...matchers);
  const rate = (...matchers: readonly string[]) => scope.rate(series(...matchers));
  const share = (from: string, to: string, by: readonly Label[]) =>
    `histogram_fraction(\n  ${from}, ${to},\n  ${scope.sum(by, rate())}\n)`;
  return {
    series,
    count: (...matchers) => `histogram_count(${series(...matchers)})`,
    countRate: (...matchers) => `histogram_count(${rate(...matchers)})`,
    sumRate: () => `histogram_sum(${rate()})`,
    distribution: () => scope.sum([], rate()),
    quantile: (fraction, by) =>
      `histogram_quantile(\n  ${fraction},\n  ${scope.sum(by, rate())}\n)`,
    shareWithin: (seconds, by) => share('0', String(seconds), by),
    shareAbove: (seconds, by) => share(String(seconds), '+Inf', by),
  };
};

const KINDS: Readonly<Record<HistogramKind, (scope: Scope) => Durations>> = { classic, native };

export const durations = (scope: Scope): Durations => KINDS[scope.histograms](scope);

/**
 * Selects a bucket. A whole number is written `1` by Prometheus 2 where it scrapes a text, and `1.0` where it scrapes
 * protobuf; Prometheus 3 always writes `1.0`.
 */
function boundary(seconds: number): string {
  return Number.isInteger(seconds) ? `le=~"${seconds}(\\\\.0)?"` : `le="${seconds}"`;
}
