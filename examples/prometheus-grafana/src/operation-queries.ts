import { durations } from './durations';
import { quotient, type Query } from './query';
import type { Label } from './scope';

const FAILURES = 'error_type!=""';
const SUCCESSES = 'error_type=""';
/** Failures that are answers of a healthy database: what they tell is something about the record. */
const ANSWERS = ['FilteredOut', 'GenerationError', 'KeyExistsError', 'KeyNotFoundError'];
const FAULTS = `error_type!~"|${ANSWERS.join('|')}"`;

const operations =
  (by: readonly Label[], ...matchers: readonly string[]): Query =>
  scope =>
    scope.sum(by, durations(scope).countRate(...matchers));

const busy =
  (by: readonly Label[]): Query =>
  scope =>
    scope.sum(by, durations(scope).sumRate());

const mean =
  (by: readonly Label[]): Query =>
  scope =>
    quotient(busy(by)(scope), operations(by)(scope));

const count =
  (by: readonly Label[], ...matchers: readonly string[]): Query =>
  scope =>
    scope.sum(by, durations(scope).count(...matchers));

const quantile =
  (fraction: number, by: readonly Label[]): Query =>
  scope =>
    durations(scope).quantile(fraction, by);

/** The ratio to all operations; 0 where there are none of these, which have no series then. */
const ratio =
  (matcher: string, by: readonly Label[]): Query =>
  scope => {
    const all = operations(by)(scope);
    return quotient(`(\n  ${operations(by, matcher)(scope)}\n  or\n  0 * ${all}\n)`, all);
  };

const byOperation: readonly Label[] = ['db_operation_name'];

/** What is asked of the durations. Whatever has buckets is summed up with them first: a quantile is that of all. */
export const OPERATION_QUERIES = {
  // How much is done
  operationRate: operations(['db_namespace', 'db_operation_name']),
  operationRateByOperation: operations(byOperation),
  operationRateByNamespace: operations(['db_namespace']),
  successRate: operations(byOperation, SUCCESSES),
  operationCount: count(['db_namespace', 'db_operation_name']),

  // How long it takes
  meanDuration: mean(byOperation),
  p50: quantile(0.5, []),
  p95: quantile(0.95, []),
  p99: quantile(0.99, []),
  p50ByOperation: quantile(0.5, byOperation),
  p95ByOperation: quantile(0.95, byOperation),
  p99ByOperation: quantile(0.99, byOperation),
  durationHistogram: scope => durations(scope).distribution(),
  fastRatio: scope => durations(scope).shareWithin(0.005, byOperation),
  slowRatio: scope => durations(scope).shareAbove(1, byOperation),
  busyOperations: busy(byOperation),
  busySets: scope => `topk(10, ${busy(['db_namespace', 'db_collection_name'])(scope)})`,

  // What fails
  failureRate: operations(['error_type'], FAILURES),
  failureRatio: ratio(FAILURES, []),
  failureRatioByOperation: ratio(FAILURES, byOperation),
  faultRatio: ratio(FAULTS, []),
  failureCount: count(['error_type'], FAILURES),

  // What is measured
  seriesCount: scope => `count by (job, instance) (${durations(scope).series()})`,
} satisfies Record<string, Query>;
