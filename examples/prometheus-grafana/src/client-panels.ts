import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { graph, type Graph } from './graph';
import type { Scope } from './scope';

const POOL = '{{db_client_connection_pool_name}}';
const NODE = `${POOL} {{aerospike_node_name}}`;

/** Two in a row. */
const GRAPHS: readonly Graph[] = [
  {
    title: 'Connections, by node and state',
    description:
      'Of the asynchronous pools, over all clients. Where those in use reach the maximum, operations fail.',
    unit: 'short',
    lines: [
      ['connections', `${POOL} {{db_client_connection_state}}`],
      ['connectionLimit', `${POOL} maximum`],
    ],
  },
  {
    title: 'Connections opened and closed per second, by node',
    description:
      'A pool that has what it needs opens none. Many: connections break, or the pool grows and shrinks.',
    unit: 'ops',
    lines: [
      ['connectionsOpened', `${POOL} opened`],
      ['connectionsClosed', `${POOL} closed`],
    ],
  },
  {
    title: 'Commands in flight and queued',
    description: 'What stands in the queue waits in this process, not for the database.',
    unit: 'short',
    lines: [['commands', '{{aerospike_client_command_state}}']],
  },
  {
    title: 'Nodes and their changes',
    description:
      'The fewest that an instance knows of the cluster; nodes that were added, removed or disconnected at that time.',
    unit: 'short',
    lines: [
      ['nodeCount', 'nodes of {{server_address}}:{{server_port}}'],
      ['nodeChanges', '{{aerospike_client_node_event}}'],
    ],
  },
  {
    title: 'Errors per second, by node',
    description:
      'Attempts, not operations: one that is retried can count more than once. Key busy: too many at once for a record.',
    unit: 'ops',
    lines: [
      ['nodeErrors', `${NODE} errors`],
      ['nodeKeyBusy', `${NODE} key busy`],
    ],
  },
  {
    title: 'Timeouts per second, by node',
    description:
      'Attempts, not operations. One node out of line: that node. All alike: the process, or the network.',
    unit: 'ops',
    lines: [['nodeTimeouts', NODE]],
  },
];

/** The client's own state: whether it is a node, the pool, or this process. */
export function clientPanels(scope: Scope): Builder<Panel>[] {
  return GRAPHS.map(one => graph(one, scope));
}
