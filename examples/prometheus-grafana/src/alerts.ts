import { RECORDED } from './recording-rules';
import { METRIC } from './scope';

/** The jobs of prometheus.yml. */
const JOBS = 'application|otel-collector';

/** The content of a rule file. Whoever copies it adapts the bounds here, and the jobs. */
export const alerts = () => ({
  groups: [
    {
      name: 'aerospike-client-alerts',
      rules: [
        {
          alert: 'AerospikeErrorRatioHigh',
          expr: `${RECORDED.faultRatio} > 0.01`,
          for: '5m',
          labels: { severity: 'critical' },
          annotations: {
            summary: 'Aerospike operations of {{ $labels.job }} fail',
            description:
              '{{ $value | humanizePercentage }} of the operations fail; records that are not there, ' +
              'exist already, have changed or are filtered out are not counted.',
          },
        },
        {
          alert: 'AerospikeLatencyHigh',
          // A boundary of the buckets, so that nothing is estimated. Queries and scans take as long as their result.
          expr: `${RECORDED.quantiles}{quantile="0.99", db_operation_name!~"query.*|scan.*"} > 0.1`,
          for: '10m',
          labels: { severity: 'warning' },
          annotations: {
            summary: 'Aerospike {{ $labels.db_operation_name }} of {{ $labels.job }} is slow',
            description: 'One in a hundred takes longer than {{ $value | humanizeDuration }}.',
          },
        },
        {
          alert: 'AerospikeNoTraffic',
          expr: [
            `group by (job) (last_over_time(${RECORDED.operationRate}[1h]))`,
            'unless',
            `sum by (job) (${RECORDED.operationRate}) > 0`,
          ].join('\n'),
          for: '5m',
          labels: { severity: 'warning' },
          annotations: {
            summary: '{{ $labels.job }} uses Aerospike no more',
            description:
              'It has been measured within the last hour, and now there is no operation.',
          },
        },
        {
          alert: 'AerospikeSeriesOverflow',
          // Its series has no other label of an operation, not even that of the database.
          expr: `sum by (job) (rate(${METRIC}_count{otel_metric_overflow="true"}[5m])) > 0`,
          for: '5m',
          labels: { severity: 'warning' },
          annotations: {
            summary: '{{ $labels.job }} measures more sets than are kept apart',
            description:
              'All queries miss {{ $value | humanize }} operations per second, which are counted without a name.',
          },
        },
        {
          alert: 'AerospikeTargetDown',
          expr: `up{job=~"${JOBS}"} == 0`,
          for: '2m',
          labels: { severity: 'critical' },
          annotations: {
            summary: '{{ $labels.instance }} of {{ $labels.job }} cannot be scraped',
            description: 'What it does with Aerospike is not known.',
          },
        },
      ],
    },
  ],
});
