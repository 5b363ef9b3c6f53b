import type { OperationTable } from './operation';
import { STATEMENT, STATEMENT_AND_UDF } from './targets';

/** The measured methods of `Query`. */
export const QUERY_OPERATIONS: OperationTable = {
  foreach: { name: 'query', target: STATEMENT, isStream: true },
  results: { name: 'query', target: STATEMENT, isStream: true, delegate: 'foreach' },
  apply: { name: 'query_apply', target: STATEMENT_AND_UDF },
  background: { name: 'query_background', target: STATEMENT_AND_UDF },
  operate: { name: 'query_operate', target: STATEMENT },
};

/** The measured methods of `Scan`. */
export const SCAN_OPERATIONS: OperationTable = {
  foreach: { name: 'scan', target: STATEMENT, isStream: true },
  results: { name: 'scan', target: STATEMENT, isStream: true, delegate: 'foreach' },
  background: { name: 'scan_background', target: STATEMENT_AND_UDF },
  operate: { name: 'scan_operate', target: STATEMENT },
};
