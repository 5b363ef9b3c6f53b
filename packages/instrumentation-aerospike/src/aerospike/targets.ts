import type { AerospikeClient, CallReader, TargetReaders } from './operation';

/** A key, or another object of the application's with a namespace and a set. Anything may be missing. */
type Key = { readonly ns?: unknown; readonly set?: unknown } | null | undefined;

/** A function of the server, of which anything may be missing. */
type Udf = { readonly module?: unknown; readonly funcname?: unknown } | null | undefined;

/** A query or a scan: both know what they work on, and which function of the server goes over the records. */
interface Statement {
  readonly client: AerospikeClient;
  readonly ns?: unknown;
  readonly set?: unknown;
  readonly udf?: Udf;
}

function statement(self: unknown): Statement {
  return self as Statement;
}

/** `client.method(…)` that works on the cluster as a whole */
export const CLUSTER: TargetReaders = {
  client: self => self as AerospikeClient,
};

/** `client.method(key, …)`, or any object with the namespace and the set as first argument */
export const KEY: TargetReaders = {
  ...CLUSTER,
  namespace: (_self, args) => (args[0] as Key)?.ns,
  set: (_self, args) => (args[0] as Key)?.set,
};

/** `client.method(key, udf, …)` */
export const KEY_AND_UDF: TargetReaders = {
  ...KEY,
  storedProcedure: (_self, args) => storedProcedureOf(args[1] as Udf),
};

/** `client.method(namespace, …)` */
export const NAMESPACE: TargetReaders = {
  ...CLUSTER,
  namespace: (_self, args) => args[0],
};

/** `client.method(namespace, set, …)` */
export const NAMESPACE_AND_SET: TargetReaders = {
  ...NAMESPACE,
  set: (_self, args) => args[1],
};

/** `client.method(filter, dataCenter, namespace, …)` */
export const FILTER_AND_NAMESPACE: TargetReaders = {
  ...CLUSTER,
  namespace: (_self, args) => args[2],
};

/** `client.method(keys, …)`: what all the keys have in common */
export const KEYS: TargetReaders = {
  ...CLUSTER,
  namespace: common(key => (key as Key)?.ns),
  set: common(key => (key as Key)?.set),
};

/** `client.method(keys, udf, …)` */
export const KEYS_AND_UDF: TargetReaders = {
  ...KEYS,
  storedProcedure: KEY_AND_UDF.storedProcedure,
};

type BatchRecord = { readonly key?: Key } | null | undefined;

/** `client.method(records, …)`: what the keys of all the records have in common */
export const BATCH_RECORDS: TargetReaders = {
  ...CLUSTER,
  namespace: common(record => (record as BatchRecord)?.key?.ns),
  set: common(record => (record as BatchRecord)?.key?.set),
};

/** `query.method(…)` and `scan.method(…)` */
export const STATEMENT: TargetReaders = {
  client: self => statement(self).client,
  namespace: self => statement(self).ns,
  set: self => statement(self).set,
  storedProcedure: self => storedProcedureOf(statement(self).udf),
};

/** `query.method(module, function, …)` and `scan.method(module, function, …)` */
export const STATEMENT_AND_UDF: TargetReaders = {
  ...STATEMENT,
  storedProcedure: (_self, args) => storedProcedureOf({ module: args[0], funcname: args[1] }),
};

function storedProcedureOf(udf: Udf): string | undefined {
  const module = udf?.module;
  const funcname = udf?.funcname;
  return typeof module === 'string' && typeof funcname === 'string'
    ? `${module}.${funcname}`
    : undefined;
}

/**
 * Reads the value that all items of the list have, which is the first argument; undefined when they differ. Walks over
 * the items, since a batch may be long.
 */
function common(valueOf: (item: unknown) => unknown): CallReader {
  return (_self, args) => {
    const items = args[0];
    if (!Array.isArray(items) || items.length === 0) return undefined;
    const first = valueOf(items[0]);
    for (let index = 1; index < items.length; index++) {
      if (valueOf(items[index]) !== first) return undefined;
    }
    return first;
  };
}
