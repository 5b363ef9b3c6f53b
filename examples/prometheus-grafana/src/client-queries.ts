import { quotient, type Query } from './query';
import type { Label } from './scope';

const byPool: readonly Label[] = ['db_client_connection_pool_name'];
const byNode: readonly Label[] = ['aerospike_node_name', 'db_client_connection_pool_name'];

const CONNECTIONS = 'db_client_connection_count';
const LIMIT = 'db_client_connection_max';
const USED = 'db_client_connection_state="used"';

const sum =
  (name: string, by: readonly Label[], ...matchers: readonly string[]): Query =>
  scope =>
    scope.sum(by, scope.series(name, ...matchers));

const rate =
  (name: string, by: readonly Label[]): Query =>
  scope =>
    scope.sum(by, scope.rate(scope.series(name)));

/**
 * How late the event loop takes up what waits for it, by `@opentelemetry/instrumentation-runtime-node` (the name ends in
 * the unit where a Collector has added it) or by the default metrics of prom-client.
 */
const EVENT_LOOP_DELAY =
  '__name__=~"nodejs_eventloop_(delay_p99|delay_p99_seconds|lag_p99_seconds)"';

/** What is asked of the client's own state, and of the process that it is in. */
export const CLIENT_QUERIES = {
  connections: sum(CONNECTIONS, [...byPool, 'db_client_connection_state']),
  connectionLimit: sum(LIMIT, byPool),
  poolUsage: scope => quotient(sum(CONNECTIONS, byPool, USED)(scope), sum(LIMIT, byPool)(scope)),
  connectionsOpened: rate('aerospike_client_connection_opened_total', byPool),
  connectionsClosed: rate('aerospike_client_connection_closed_total', byPool),
  commands: sum('aerospike_client_command_count', ['aerospike_client_command_state']),
  nodeCount: scope =>
    scope.aggregate(
      'min',
      ['server_address', 'server_port'],
      scope.series('aerospike_client_node_count'),
    ),
  nodeChanges: scope =>
    scope.sum(
      ['aerospike_client_node_event'],
      scope.increase(scope.series('aerospike_client_node_changes_total')),
    ),
  nodeErrors: rate('aerospike_client_node_errors_total', byNode),
  nodeTimeouts: rate('aerospike_client_node_timeouts_total', byNode),
  nodeKeyBusy: rate('aerospike_client_node_key_busy_total', byNode),
  eventLoopDelay: scope =>
    scope.aggregate('max', ['job', 'instance'], scope.of(EVENT_LOOP_DELAY).series('')),
} satisfies Record<string, Query>;
