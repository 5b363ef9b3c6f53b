import { CLIENT_OPERATIONS } from '../aerospike/client-operations';
import { QUERY_OPERATIONS, SCAN_OPERATIONS } from '../aerospike/statement-operations';
import { LIFECYCLE_HOOKS } from '../client-state/hooks';
import type { AerospikeClass, WrappedMethods } from './class-patch';

/** One of the client's classes whose methods are measured. */
export interface ClientClass extends WrappedMethods {
  /** Its name among the exports of the `aerospike` module. */
  readonly exportName: string;
  /** The file of the `aerospike` package that exports it alone. */
  readonly file: string;
}

/**
 * Hooked are the files of the classes, not the main module: these hooks work for ESM imports without a loader hook
 * too, and they are called once, with the finished class, where the main module can be seen unfinished (it and its
 * files require each other).
 */
export const CLIENT_CLASSES: readonly ClientClass[] = [
  {
    exportName: 'Client',
    file: 'lib/client.js',
    table: CLIENT_OPERATIONS,
    hooks: LIFECYCLE_HOOKS,
  },
  { exportName: 'Query', file: 'lib/query.js', table: QUERY_OPERATIONS },
  { exportName: 'Scan', file: 'lib/scan.js', table: SCAN_OPERATIONS },
  // What `wait()` of an index, UDF or background job calls again and again.
  { exportName: 'Job', file: 'lib/job.js', table: {}, polls: ['checkStatus'] },
];

/** Takes the class out of what a module hook passes on: the class, or a namespace object with it as default export. */
export function classFrom(moduleExports: unknown): AerospikeClass | undefined {
  if (isClass(moduleExports)) return moduleExports;
  const defaultExport = (moduleExports as { default?: unknown } | null | undefined)?.default;
  return isClass(defaultExport) ? defaultExport : undefined;
}

function isClass(value: unknown): value is AerospikeClass {
  return typeof value === 'function' && typeof value.prototype === 'object';
}
