import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as Aerospike from 'aerospike';
import { CLIENT_OPERATIONS } from '../src/aerospike/client-operations';
import type { OperationTable } from '../src/aerospike/operation';
import { QUERY_OPERATIONS, SCAN_OPERATIONS } from '../src/aerospike/statement-operations';
import { CALLS, type Call } from './support/calls';

interface Contract {
  readonly client: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly scan: Readonly<Record<string, string>>;
  readonly notInstrumented: readonly string[];
}

const CONTRACT = JSON.parse(
  readFileSync(resolve(__dirname, '../../test/fixtures/operations.json'), 'utf8'),
) as Contract;

const ALL_CALLS = Object.values(CALLS).flat();

/** What only prepares a query or a scan, and never reaches the server. */
const STATEMENT_BUILDERS = [
  ...['nextPage', 'hasNextPage', 'select', 'partitions'],
  ...['where', 'whereWithExp', 'whereWithIndexName', 'setSindexFilter', 'setUdf'],
];

const CLASSES: [
  title: string,
  prototype: object,
  table: OperationTable,
  unmeasured: readonly string[],
][] = [
  ['Client', Aerospike.Client.prototype, CLIENT_OPERATIONS, CONTRACT.notInstrumented],
  ['Query', Aerospike.Query.prototype, QUERY_OPERATIONS, STATEMENT_BUILDERS],
  ['Scan', Aerospike.Scan.prototype, SCAN_OPERATIONS, STATEMENT_BUILDERS],
];

/** The names of all operations; those that depend on the arguments are asked with these. */
function operationNames(table: OperationTable, args: unknown[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).map(([method, { name }]) => [
      method,
      typeof name === 'string' ? name : name(undefined, args),
    ]),
  );
}

/** What the Community Edition answers to what it has not. */
const REFUSALS = ['SecurityNotSupported', 'EnterpriseOnly'];

describe('the tables of operations', () => {
  for (const [title, prototype, table, unmeasured] of CLASSES) {
    it(`decide on every public method of ${title}`, () => {
      const methods = Object.getOwnPropertyNames(prototype).filter(
        name => name !== 'constructor' && !name.startsWith('_'),
      );
      assert.ok(methods.length > 5, `${methods.length} methods`);
      const undecided = methods.filter(name => !(name in table) && !unmeasured.includes(name));
      assert.deepEqual(undecided, []);
    });
  }

  it('give the methods of Client the names of the contract', () => {
    const { ['operate (only touch operations)']: touch, ...names } = CONTRACT.client;
    assert.deepEqual(operationNames(CLIENT_OPERATIONS, []), names);
    const { operate } = operationNames(CLIENT_OPERATIONS, [{}, [Aerospike.operations.touch(0)]]);
    assert.equal(operate, touch);
  });

  it('give the methods of Query and Scan the names of the contract', () => {
    assert.deepEqual(operationNames(QUERY_OPERATIONS, []), CONTRACT.query);
    assert.deepEqual(operationNames(SCAN_OPERATIONS, []), CONTRACT.scan);
  });

  it('name as delegate only methods that are measured too', () => {
    for (const [, , table] of CLASSES) {
      for (const { delegate } of Object.values(table)) {
        assert.ok(delegate === undefined || delegate in table, delegate);
      }
    }
  });

  // Every call that succeeds is also made with a closed client, where it fails: see operations.test.ts.
  it('have for every method of Client a call that succeeds, or that the Community Edition refuses', () => {
    const tried = (calls: readonly Call[]): Set<string> =>
      new Set(calls.filter(({ receiver }) => receiver === undefined).map(({ method }) => method));
    const succeeding = tried(ALL_CALLS.filter(({ failure }) => failure === undefined));
    const refused = tried([
      ...CALLS['users and roles'],
      ...ALL_CALLS.filter(({ failure }) => REFUSALS.includes(failure?.type ?? '')),
    ]);
    const untried = Object.keys(CLIENT_OPERATIONS).filter(
      method => !succeeding.has(method) && !refused.has(method),
    );
    assert.deepEqual(untried, []);
  });

  // For foreach and results that is record-streams.test.ts.
  it('have for every other method of Query and Scan a call that is tried', () => {
    const streams = [CONTRACT.query.foreach, CONTRACT.scan.foreach];
    const tried = new Set([
      ...CALLS['queries and scans'].map(({ operation }) => operation),
      ...streams,
    ]);
    const untried = [...Object.values(CONTRACT.query), ...Object.values(CONTRACT.scan)].filter(
      operation => !tried.has(operation),
    );
    assert.deepEqual(untried, []);
  });
});
