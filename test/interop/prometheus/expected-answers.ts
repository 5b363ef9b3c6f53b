import type { OPERATION_QUERIES } from '@example/prometheus-grafana/build/src/operation-queries';
import type { Label } from '@example/prometheus-grafana/build/src/scope';
import { NOTHING, quotient, type Bounds } from './bounds';
import type { Filter, Groups, MeasuredWindow } from './measured-window';

type Expectation = (window: MeasuredWindow) => Groups<Bounds>;

const OPERATION: readonly Label[] = ['db_operation_name'];

const hasFailed: Filter = labels => labels.error_type !== undefined;
const hasSucceeded: Filter = labels => !hasFailed(labels);
/** Failures that a healthy database answers with. */
const ANSWERS = ['FilteredOut', 'GenerationError', 'KeyExistsError', 'KeyNotFoundError'];
const isFault: Filter = ({ error_type: error }) => error !== undefined && !ANSWERS.includes(error);

const rate =
  (by: readonly Label[], filter?: Filter): Expectation =>
  window =>
    window.rate('count', by, filter);

const quantile =
  (fraction: number, by: readonly Label[]): Expectation =>
  window =>
    window.quantile(fraction, by);

const busy =
  (by: readonly Label[]): Expectation =>
  window =>
    window.rate('sum', by);

const mean: Expectation = window =>
  quotients(window.rate('sum', OPERATION), window.rate('count', OPERATION));

const ratio =
  (filter: Filter, by: readonly Label[]): Expectation =>
  window =>
    quotients(window.rate('count', by, filter), window.rate('count', by));

/** A group without a dividend has 0 for it. */
function quotients(dividends: Groups<Bounds>, divisors: Groups<Bounds>): Groups<Bounds> {
  const values = Array.from(
    divisors.values,
    ([key, divisor]) => [key, quotient(dividends.values.get(key) ?? NOTHING, divisor)] as const,
  );
  return { by: divisors.by, values: new Map(values) };
}

function complements({ by, values }: Groups<Bounds>): Groups<Bounds> {
  const ofAll = Array.from(
    values,
    ([key, { low, high }]) => [key, { low: 1 - high, high: 1 - low }] as const,
  );
  return { by, values: new Map(ofAll) };
}

/** What each query of operations has to answer, computed without PromQL. */
export const EXPECTED: Readonly<Record<keyof typeof OPERATION_QUERIES, Expectation>> = {
  operationRate: rate(['db_namespace', 'db_operation_name']),
  operationRateByOperation: rate(OPERATION),
  operationRateByNamespace: rate(['db_namespace']),
  successRate: rate(OPERATION, hasSucceeded),
  operationCount: window => window.count(['db_namespace', 'db_operation_name']),
  meanDuration: mean,
  p50: quantile(0.5, []),
  p95: quantile(0.95, []),
  p99: quantile(0.99, []),
  p50ByOperation: quantile(0.5, OPERATION),
  p95ByOperation: quantile(0.95, OPERATION),
  p99ByOperation: quantile(0.99, OPERATION),
  durationHistogram: window => window.distribution(),
  fastRatio: window => window.shareWithin(0.005, OPERATION),
  slowRatio: window => complements(window.shareWithin(1, OPERATION)),
  busyOperations: busy(OPERATION),
  busySets: busy(['db_namespace', 'db_collection_name']),
  failureRate: rate(['error_type'], hasFailed),
  failureRatio: ratio(hasFailed, []),
  failureRatioByOperation: ratio(hasFailed, OPERATION),
  faultRatio: ratio(isFault, []),
  failureCount: window => window.count(['error_type'], hasFailed),
  seriesCount: window => window.seriesCount(['job', 'instance']),
};
