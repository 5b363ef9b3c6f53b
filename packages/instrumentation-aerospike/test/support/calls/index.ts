import { Client } from 'aerospike';
import { CLUSTER_CALLS, INDEX_CALLS, SECURITY_CALLS } from './administration';
import { BATCH_CALLS } from './batch';
import type { Call } from './call';
import { INVALID_CALLS } from './invalid';
import { SINGLE_RECORD_CALLS } from './single-record';
import { STATEMENT_CALLS } from './statements';

export { expectedAttributes, type Call, type Keys } from './call';

/** Calls of every measured method that returns a promise or takes a callback, by what they are about. */
export const CALLS = {
  'single records': SINGLE_RECORD_CALLS,
  batches: BATCH_CALLS,
  'queries and scans': STATEMENT_CALLS,
  'secondary indexes': INDEX_CALLS,
  'the cluster': CLUSTER_CALLS,
  'users and roles': SECURITY_CALLS,
  'wrong arguments': INVALID_CALLS,
} as const satisfies Readonly<Record<string, readonly Call[]>>;

/**
 * Whether the installed client can make the call. An older one lacks some methods, and those about users neither take
 * a callback nor return anything there, so that nobody can tell when they are done.
 */
export function isPossible({ method, receiver }: Call): boolean {
  if (receiver !== undefined) return true;
  const found = (Client.prototype as unknown as Record<string, unknown>)[method];
  return (
    typeof found === 'function' && /\bcallback\b/.test(Function.prototype.toString.call(found))
  );
}
