import { durations } from './durations';
import { RECORDED } from './recording-rules';
import { Scope, type HistogramKind } from './scope';

/** The jobs of prometheus.yml. */
const JOBS = 'application|otel-collector';

/** An alerting rule, as it stands in a rule file. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: 'critical' | 'warning' };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const CRITICAL = { severity: 'critical' } as const;
const WARNING = { severity: 'warning' } as const;

const ERROR_RATIO: AlertRule = {
  alert: 'AerospikeErrorRatioHigh',
  expr: `${RECORDED.faultRatio} > 0.01`,
  for: '5m',
  labels: CRITICAL,
  annotations: {
    summary: 'Aerospike operations of {{ $labels.job }} fail',
    description:
      '{{ $value | humanizePercentage }} of the operations fail; records that are not there, ' +
      'exist already, have changed or are filtered out are not counted.',
  },
};

const LATENCY: AlertRule = {
  alert: 'AerospikeLatencyHigh',
  // A boundary of the classic buckets, which nothing is estimated at. Queries and scans take as long as their result.
  expr: `${RECORDED.quantiles}{quantile="0.99", db_operation_name!~"query.*|scan.*"} > 0.1`,
  for: '10m',
  labels: WARNING,
  annotations: {
    summary: 'Aerospike {{ $labels.db_operation_name }} of {{ $labels.job }} is slow',
    description: 'One in a hundred takes longer than {{ $value | humanizeDuration }}.',
  },
};

const NO_TRAFFIC: AlertRule = {
  alert: 'AerospikeNoTraffic',
  expr: [
    `group by (job) (last_over_time(${RECORDED.operationRate}[1h]))`,
    'unless',
    `sum by (job) (${RECORDED.operationRate}) > 0`,
  ].join('\n'),
  for: '5m',
  labels: WARNING,
  annotations: {
    summary: '{{ $labels.job }} uses Aerospike no more',
    description: 'It has been measured within the last hour, and now there is no operation.',
  },
};

/** The series of what is not kept apart has no other label of an operation, not even that of the database. */
const OVERFLOW = 'otel_metric_overflow="true"';

const seriesOverflow = (histograms: HistogramKind): AlertRule => ({
  alert: 'AerospikeSeriesOverflow',
  expr: `sum by (job) (${durations(new Scope({ histograms, of: OVERFLOW, range: '5m' })).countRate()}) > 0`,
  for: '5m',
  labels: WARNING,
  annotations: {
    summary: '{{ $labels.job }} measures more sets than are kept apart',
    description:
      'All queries miss {{ $value | humanize }} operations per second, which are counted without a name.',
  },
});

const TARGET_DOWN: AlertRule = {
  alert: 'AerospikeTargetDown',
  expr: `up{job=~"${JOBS}"} == 0`,
  for: '2m',
  labels: CRITICAL,
  annotations: {
    summary: '{{ $labels.instance }} of {{ $labels.job }} cannot be scraped',
    description: 'What it does with Aerospike is not known.',
  },
};

/** The content of a rule file. Whoever copies it adapts the bounds here, and the jobs. */
export const alerts = (histograms: HistogramKind) => ({
  groups: [
    {
      name: 'aerospike-client-alerts',
      rules: [ERROR_RATIO, LATENCY, NO_TRAFFIC, seriesOverflow(histograms), TARGET_DOWN],
    },
  ],
});
