import type { AerospikeClient, Target } from './operation';

interface NamespaceAndSet {
  readonly ns?: unknown;
  readonly set?: unknown;
}

type Maybe<Value> = Value | null | undefined;

/** `client.method(…)` that works on the cluster as a whole */
export const CLUSTER: Target = {
  client: self => self as AerospikeClient,
};

/** `client.method(key, …)`, or any object with the namespace and the set as first argument */
export const KEY: Target = {
  ...CLUSTER,
  namespace: (_self, args) => (args[0] as Maybe<NamespaceAndSet>)?.ns,
  set: (_self, args) => (args[0] as Maybe<NamespaceAndSet>)?.set,
};

/** `client.method(key, udf, …)` */
export const KEY_AND_UDF: Target = {
  ...KEY,
  storedProcedure: (_self, args) => storedProcedureOf(args[1]),
};

/** `client.method(namespace, …)` */
export const NAMESPACE: Target = {
  ...CLUSTER,
  namespace: (_self, args) => args[0],
};

/** `client.method(namespace, set, …)` */
export const NAMESPACE_AND_SET: Target = {
  ...NAMESPACE,
  set: (_self, args) => args[1],
};

/** `client.method(filter, dataCenter, namespace, …)` */
export const FILTER_AND_NAMESPACE: Target = {
  ...CLUSTER,
  namespace: (_self, args) => args[2],
};

/** `client.method(keys, …)`: what all the keys have in common */
export const KEYS: Target = {
  ...CLUSTER,
  namespace: (_self, args) => common(args[0], key => (key as Maybe<NamespaceAndSet>)?.ns),
  set: (_self, args) => common(args[0], key => (key as Maybe<NamespaceAndSet>)?.set),
};

/** `client.method(keys, udf, …)` */
export const KEYS_AND_UDF: Target = {
  ...KEYS,
  storedProcedure: KEY_AND_UDF.storedProcedure,
};

interface BatchRecord {
  readonly key?: Maybe<NamespaceAndSet>;
}

/** `client.method(records, …)`: what the keys of all the records have in common */
export const BATCH_RECORDS: Target = {
  ...CLUSTER,
  namespace: (_self, args) => common(args[0], record => (record as Maybe<BatchRecord>)?.key?.ns),
  set: (_self, args) => common(args[0], record => (record as Maybe<BatchRecord>)?.key?.set),
};

/** A query or a scan: both know what they work on, and which function of the server goes over the records. */
interface Statement extends NamespaceAndSet {
  readonly client: AerospikeClient;
  readonly udf?: unknown;
}

/** `query.method(…)` and `scan.method(…)` */
export const STATEMENT: Target = {
  client: self => (self as Statement).client,
  namespace: self => (self as Statement).ns,
  set: self => (self as Statement).set,
  storedProcedure: self => storedProcedureOf((self as Statement).udf),
};

/** `query.method(module, function, …)` and `scan.method(module, function, …)` */
export const STATEMENT_AND_UDF: Target = {
  ...STATEMENT,
  storedProcedure: (_self, args) => storedProcedureOf({ module: args[0], funcname: args[1] }),
};

function storedProcedureOf(udf: unknown): string | undefined {
  const { module, funcname } = (udf ?? {}) as { module?: unknown; funcname?: unknown };
  return typeof module === 'string' && typeof funcname === 'string'
    ? `${module}.${funcname}`
    : undefined;
}

/** The value that all items have; undefined when they differ. Walks over the items, since a batch may be long. */
function common(items: unknown, valueOf: (item: unknown) => unknown): unknown {
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const first = valueOf(items[0]);
  for (let index = 1; index < items.length; index++) {
    if (valueOf(items[index]) !== first) return undefined;
  }
  return first;
}
