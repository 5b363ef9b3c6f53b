import * as Aerospike from 'aerospike';
import type { Client } from 'aerospike';
import type { Call, Keys } from './call';

const { operations } = Aerospike;

const query = (client: Client, { existing }: Keys) => client.query(existing.ns, existing.set);
const scan = (client: Client, { existing }: Keys) => client.scan(existing.ns, existing.set);

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
];
