import * as Aerospike from 'aerospike';
import type { Client } from 'aerospike';
import type { Call, Keys } from './call';

const { operations } = Aerospike;

// Not client.query() and client.scan(), which a closed client refuses.
const query = (client: Client, { existing }: Keys) =>
  new Aerospike.Query(client, existing.ns, existing.set, {});
const scan = (client: Client, { existing }: Keys) =>
  new Aerospike.Scan(client, existing.ns, existing.set, {});

/** Each method of the kind that both a query and a scan have. */
function statementCalls(
  kind: 'query' | 'scan',
  receiver: NonNullable<Call['receiver']>,
): readonly Call[] {
  return [
    {
      title: `${kind} in the background`,
      method: 'background',
      receiver,
      operation: `${kind}_background`,
      args: () => ['instrumentation', 'read_bin', ['n']],
      storedProcedure: 'instrumentation.read_bin',
    },
    {
      title: `${kind} with operations`,
      method: 'operate',
      receiver,
      operation: `${kind}_operate`,
      args: () => [[operations.write('n', 1)], null, null],
    },
    {
      title: `${kind} with operations that are none`,
      method: 'operate',
      receiver,
      operation: `${kind}_operate`,
      args: () => ['operations', null, null],
      failure: { type: 'InvalidArgument' },
    },
  ];
}

export const STATEMENT_CALLS: readonly Call[] = [
  ...statementCalls('query', query),
  ...statementCalls('scan', scan),
  {
    title: 'query of an aggregation that does not exist',
    method: 'apply',
    receiver: query,
    operation: 'query_apply',
    args: () => ['instrumentation', 'no_such_function', []],
    storedProcedure: 'instrumentation.no_such_function',
    failure: { type: 'UdfBadResponse', code: '100' },
  },
];
