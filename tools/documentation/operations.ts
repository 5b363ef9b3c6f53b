import type * as ClientOperations from '../../packages/instrumentation-aerospike/src/aerospike/client-operations';
import type * as StatementOperations from '../../packages/instrumentation-aerospike/src/aerospike/statement-operations';
import type {
  Operation,
  OperationTable,
} from '../../packages/instrumentation-aerospike/src/aerospike/operation';
import { built } from './built';
import { table } from './table';

const NAME = 'opentelemetry-instrumentation-aerospike';
const { CLIENT_OPERATIONS } = built(
  NAME,
  'src/aerospike/client-operations',
) as typeof ClientOperations;
const { QUERY_OPERATIONS, SCAN_OPERATIONS } = built(
  NAME,
  'src/aerospike/statement-operations',
) as typeof StatementOperations;

const TABLES: Readonly<Record<string, OperationTable>> = {
  client: CLIENT_OPERATIONS,
  query: QUERY_OPERATIONS,
  scan: SCAN_OPERATIONS,
};

/** An operation as the client's `operations.touch()` makes it; the name of a measurement can depend on its code. */
const TOUCH = { op: 5 };

/** Every measured method of the client, by what it is called in telemetry. */
export function operations(): string {
  const rows = new Map<string, { operation: Operation; methods: string[] }>();
  for (const [object, operations] of Object.entries(TABLES)) {
    for (const [method, operation] of Object.entries(operations)) {
      for (const name of namesOf(operation)) {
        const row = rows.get(name) ?? { operation, methods: [] };
        row.methods.push(`\`${object}.${method}\``);
        rows.set(name, row);
      }
    }
  }
  return table(
    ['`db.operation.name`', 'Methods', 'Namespace', 'Set', 'Stored procedure', 'Returned rows'],
    Array.from(rows, ([name, { operation, methods }]) => [
      `\`${name}\``,
      methods.join(', '),
      ...cellsOf(operation),
    ]),
  );
}

function namesOf({ name }: Operation): Iterable<string> {
  if (typeof name === 'string') return [name];
  return new Set([name(undefined, []), name(undefined, [{}, [TOUCH]])]);
}

function cellsOf({ target, isBatch, isStream }: Operation): string[] {
  const { namespace, set, storedProcedure } = target;
  const known = isBatch ? 'if shared' : 'yes';
  return [
    namespace ? known : '',
    set ? known : '',
    storedProcedure ? 'yes' : '',
    isBatch || isStream ? 'yes' : '',
  ];
}
