import type { Query, Scan } from 'aerospike';
import type { OperationsOf } from './operation';
import { STATEMENT, STATEMENT_AND_UDF } from './targets';

/** The measured methods of `Query`. */
export const QUERY_OPERATIONS = {
  foreach: { name: 'query', target: STATEMENT, isStream: true, returnsRows: true },
  results: {
    name: 'query',
    target: STATEMENT,
    isStream: true,
    returnsRows: true,
    delegate: 'foreach',
  },
  apply: { name: 'query_apply', target: STATEMENT_AND_UDF },
  background: { name: 'query_background', target: STATEMENT_AND_UDF },
  operate: { name: 'query_operate', target: STATEMENT },
} satisfies OperationsOf<Query>;

/** The measured methods of `Scan`. */
export const SCAN_OPERATIONS = {
  foreach: { name: 'scan', target: STATEMENT, isStream: true, returnsRows: true },
  results: {
    name: 'scan',
    target: STATEMENT,
    isStream: true,
    returnsRows: true,
    delegate: 'foreach',
  },
  background: { name: 'scan_background', target: STATEMENT_AND_UDF },
  operate: { name: 'scan_operate', target: STATEMENT },
} satisfies OperationsOf<Scan>;
