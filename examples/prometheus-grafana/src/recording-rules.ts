import { METRIC } from './durations';
import { OPERATION_QUERIES } from './operation-queries';
import { Scope, type HistogramKind } from './scope';

export interface RecordingRule {
  /** level:metric:operations */
  readonly record: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly query: keyof typeof OPERATION_QUERIES;
}

const quantiles = `job_operation_quantile:${METRIC}:histogram_quantile_rate5m`;

/** The series that the alerts look at. */
export const RECORDED = {
  operationRate: `job_namespace_operation:${METRIC}_count:rate5m`,
  faultRatio: 'job:db_client_operation_faults_per_operations:ratio_rate5m',
  quantiles,
} as const;

/** What is worth being computed once for all who ask, for each job over all of its instances. */
export const RECORDING_RULES: readonly RecordingRule[] = [
  { record: RECORDED.operationRate, query: 'operationRate' },
  { record: `job_operation:${METRIC}:mean5m`, query: 'meanDuration' },
  { record: quantiles, labels: { quantile: '0.5' }, query: 'p50ByOperation' },
  { record: quantiles, labels: { quantile: '0.95' }, query: 'p95ByOperation' },
  { record: quantiles, labels: { quantile: '0.99' }, query: 'p99ByOperation' },
  { record: `job_error_type:${METRIC}_count:rate5m`, query: 'failureRate' },
  {
    record: 'job:db_client_operation_failures_per_operations:ratio_rate5m',
    query: 'failureRatio',
  },
  { record: RECORDED.faultRatio, query: 'faultRatio' },
];

/**
 * The content of a rule file. What is recorded has the same names for both kinds of histograms, so that alerts and
 * graphs of it need not know the kind.
 */
export function recordingRules(histograms: HistogramKind) {
  const scope = new Scope({ histograms, range: '5m', keep: ['job'] });
  return {
    groups: [
      {
        name: 'aerospike-client',
        rules: RECORDING_RULES.map(({ record, labels, query }) => ({
          record,
          ...(labels && { labels }),
          expr: OPERATION_QUERIES[query](scope),
        })),
      },
    ],
  };
}
