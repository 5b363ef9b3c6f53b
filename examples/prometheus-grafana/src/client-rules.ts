import type { AlertRule } from './alerts';
import { QUERIES } from './queries';
import { Scope } from './scope';

const IN_EACH_JOB = new Scope({ range: '5m', keep: ['job'] });
const IN_EACH_INSTANCE = new Scope({ range: '5m', keep: ['job', 'instance'] });

/** What the alert on it compares with itself. */
const NODE_TIMEOUTS = 'job_node_pool:aerospike_client_node_timeouts:rate5m';

export const CLIENT_RECORDING_RULES = [
  { record: NODE_TIMEOUTS, expr: QUERIES.nodeTimeouts(IN_EACH_JOB) },
] as const;

const WARNING = { severity: 'warning' } as const;

const POOL_NEARLY_FULL: AlertRule = {
  alert: 'AerospikePoolNearlyFull',
  expr: `${QUERIES.poolUsage(IN_EACH_INSTANCE)}\n> 0.8`,
  for: '5m',
  labels: WARNING,
  annotations: {
    summary: '{{ $labels.instance }} has nearly all connections to an Aerospike node in use',
    description:
      '{{ $value | humanizePercentage }} of those to {{ $labels.db_client_connection_pool_name }}; ' +
      'with none left, operations fail.',
  },
};

const COMMANDS_QUEUED: AlertRule = {
  alert: 'AerospikeCommandsQueued',
  expr: `sum by (job, instance) (${IN_EACH_JOB.series(
    'aerospike_client_command_count',
    'aerospike_client_command_state="queued"',
  )}) > 0`,
  for: '5m',
  labels: WARNING,
  annotations: {
    summary: 'Commands for Aerospike wait in {{ $labels.instance }}',
    description:
      '{{ $value }} of them, and the queue has not been empty for five minutes: more is asked than is answered.',
  },
};

const NODES = IN_EACH_JOB.series('aerospike_client_node_count');

const NODE_MISSING: AlertRule = {
  alert: 'AerospikeNodeMissing',
  // Clients that were given another address may look at another cluster.
  expr: [
    `min by (job, instance, server_address, server_port) (${NODES})`,
    '< on (job, server_address, server_port) group_left ()',
    `max by (job, server_address, server_port) (max_over_time(${NODES}[1h]))`,
  ].join('\n'),
  for: '2m',
  labels: WARNING,
  annotations: {
    summary: '{{ $labels.instance }} misses an Aerospike node',
    description: 'It knows {{ $value }}; within the last hour a client of this job knew more.',
  },
};

const NODE_TIMEOUTS_OUT_OF_LINE: AlertRule = {
  alert: 'AerospikeNodeTimeouts',
  // Three times the average of the other nodes. With one node that is 0 / 0, which nothing is above.
  expr: [
    NODE_TIMEOUTS,
    '>',
    `3 * (sum by (job) (${NODE_TIMEOUTS}) - on (job) group_right () ${NODE_TIMEOUTS})`,
    `  / on (job) group_left () (count by (job) (${NODE_TIMEOUTS}) - 1)`,
    'and',
    `${NODE_TIMEOUTS} > 0.1`,
  ].join('\n'),
  for: '5m',
  labels: WARNING,
  annotations: {
    summary: 'Commands of {{ $labels.job }} to one Aerospike node time out',
    description:
      '{{ $value | humanize }} per second to {{ $labels.db_client_connection_pool_name }} ' +
      '({{ $labels.aerospike_node_name }}), more than three times as many as to the others.',
  },
};

export const CLIENT_ALERTS: readonly AlertRule[] = [
  POOL_NEARLY_FULL,
  COMMANDS_QUEUED,
  NODE_MISSING,
  NODE_TIMEOUTS_OUT_OF_LINE,
];

/** The content of a rule file: what is the same for both kinds of histograms. */
export const clientRules = () => ({
  groups: [
    { name: 'aerospike-client-state', rules: CLIENT_RECORDING_RULES },
    { name: 'aerospike-client-state-alerts', rules: CLIENT_ALERTS },
  ],
});
