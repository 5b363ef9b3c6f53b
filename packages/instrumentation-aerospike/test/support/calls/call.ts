import type { Client, Key } from 'aerospike';

/** A record that exists, with bins n: 1 and s: 'text', and one that does not; both in one set. */
export interface Keys {
  readonly existing: Key;
  readonly missing: Key;
}

/** A call of a client method, all its arguments but the callback, and what is expected to be measured of it. */
export interface Call {
  readonly title: string;
  readonly method: string;
  readonly args: (keys: Keys, client: Client) => unknown[];
  /** The object whose method is called. Default: the client. */
  readonly receiver?: (client: Client, keys: Keys) => object;
  /** `db.operation.name` */
  readonly operation: string;
  /** `db.namespace`; null: none. Default: that of the keys. */
  readonly namespace?: string | null;
  /** `db.collection.name`; null: none. Default: that of the keys. */
  readonly set?: string | null;
  /** `db.stored_procedure.name` */
  readonly storedProcedure?: string;
  /** `error.type` and `db.response.status_code`; left out when the call succeeds. */
  readonly failure?: { readonly type: string; readonly code?: string };
}

/** The attributes, other than those of the server, that the call is expected to have. */
export function expectedAttributes(
  { operation, namespace, set, storedProcedure, failure }: Call,
  { existing }: Keys,
): Record<string, string> {
  const attributes = {
    'db.system.name': 'aerospike',
    'db.namespace': namespace === undefined ? existing.ns : namespace,
    'db.collection.name': set === undefined ? existing.set : set,
    'db.operation.name': operation,
    'db.stored_procedure.name': storedProcedure,
    'error.type': failure?.type,
    'db.response.status_code': failure?.code,
  };
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] != null),
  );
}
