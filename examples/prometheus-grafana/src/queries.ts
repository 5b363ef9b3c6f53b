import type { Label, Scope } from './scope';

/** A query in the scope that it is asked in. */
export type Query = (scope: Scope) => string;

const FAILURES = 'error_type!=""';
const SUCCESSES = 'error_type=""';
/** Failures that are answers of a healthy database: what they tell is something about the record. */
const ANSWERS = ['FilteredOut', 'GenerationError', 'KeyExistsError', 'KeyNotFoundError'];
const FAULTS = `error_type!~"|${ANSWERS.join('|')}"`;

const operations =
  (by: readonly Label[], ...matchers: readonly string[]): Query =>
  scope =>
    scope.rate('count', by, ...matchers);

const quotient = (dividend: Query, divisor: Query): Query => {
  const indent = (query: string) => query.replaceAll(/^/gm, '  ');
  return scope => `${indent(dividend(scope))}\n/\n${indent(divisor(scope))}`;
};

const mean = (by: readonly Label[]): Query =>
  quotient(scope => scope.rate('sum', by), operations(by));

const quantile =
  (fraction: number, by: readonly Label[]): Query =>
  scope =>
    `histogram_quantile(\n  ${fraction},\n  ${scope.rate('bucket', ['le', ...by])}\n)`;

/** The ratio to all operations; 0 where there are none of these, which have no series then. */
const ratio = (matcher: string, by: readonly Label[]): Query =>
  quotient(
    scope => `(\n  ${scope.rate('count', by, matcher)}\n  or\n  0 * ${scope.rate('count', by)}\n)`,
    operations(by),
  );

const byOperation: readonly Label[] = ['db_operation_name'];

/**
 * Every query there is: the recording rules, the dashboard and docs/promql.md take theirs from here. Whatever has
 * buckets is summed up with its label `le` first, so that a quantile is that of all instances.
 */
export const QUERIES = {
  // How much is done
  operationRate: operations(['db_namespace', 'db_operation_name']),
  operationRateByOperation: operations(byOperation),
  operationRateByNamespace: operations(['db_namespace']),
  successRate: operations(byOperation, SUCCESSES),
  operationCount: scope => scope.sum(['db_namespace', 'db_operation_name'], scope.series('count')),

  // How long it takes
  meanDuration: mean(byOperation),
  p50: quantile(0.5, []),
  p95: quantile(0.95, []),
  p99: quantile(0.99, []),
  p50ByOperation: quantile(0.5, byOperation),
  p95ByOperation: quantile(0.95, byOperation),
  p99ByOperation: quantile(0.99, byOperation),
  durationHistogram: scope => scope.rate('bucket', ['le']),
  fastRatio: quotient(
    scope => scope.rate('bucket', byOperation, 'le="0.005"'),
    operations(byOperation),
  ),
  busyOperations: scope => scope.rate('sum', byOperation),
  busySets: scope => `topk(10, ${scope.rate('sum', ['db_namespace', 'db_collection_name'])})`,

  // What fails
  failureRate: operations(['error_type'], FAILURES),
  failureRatio: ratio(FAILURES, []),
  failureRatioByOperation: ratio(FAILURES, byOperation),
  faultRatio: ratio(FAULTS, []),
  failureCount: scope => scope.sum(['error_type'], scope.series('count', FAILURES)),

  // What is measured
  seriesCount: scope => `count by (job, instance) (${scope.series('count')})`,
} satisfies Record<string, Query>;

export type QueryName = keyof typeof QUERIES;
