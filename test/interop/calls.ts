import type { Outcome } from './outcome';
import type { Fault } from 'aerospike-memory-server';

/** A call that the programs calls.cjs and calls.py know by the same name. */
export interface Call {
  /** What goes wrong with it in the server. */
  readonly fault?: Fault;
  /** As what both count it: the shared labels. */
  readonly counted?: Outcome;
  /** For those that they count differently. */
  readonly difference?: { readonly what: string; readonly advice: string };
}

const counted = (operation: string, error?: string, set = 'users'): Outcome => ({
  db_operation_name: operation,
  db_namespace: 'test',
  db_collection_name: set,
  ...(error !== undefined && { error_type: error }),
});

const EXTRA = 'nothing: queries that name operations do not see it';

export const CALLS: Readonly<Record<string, Call>> = {
  put: { counted: counted('put') },
  'put existing': { counted: counted('put', 'KeyExistsError') },
  'put outdated': { counted: counted('put', 'GenerationError') },
  get: { counted: counted('get') },
  'get missing': { counted: counted('get', 'KeyNotFoundError') },
  'get filtered': { counted: counted('get', 'FilteredOut') },
  'get late': {
    counted: counted('get', 'Timeout', 'late'),
    fault: { match: { set: 'late' }, stall: true },
  },
  'get faulty': {
    counted: counted('get', 'DeviceOverload', 'faulty'),
    fault: { match: { set: 'faulty' }, resultCode: 18 },
  },
  'get cut': {
    counted: counted('get', 'Connection', 'cut'),
    fault: { match: { set: 'cut' }, drop: true },
  },
  select: { counted: counted('select') },
  exists: { counted: counted('exists') },
  'exists missing': { counted: counted('exists') },
  touch: { counted: counted('touch') },
  append: { counted: counted('append') },
  'append to a number': { counted: counted('append', 'BinTypeError') },
  prepend: { counted: counted('prepend') },
  increment: { counted: counted('increment') },
  operate: { counted: counted('operate') },
  'operate on a map': { counted: counted('operate') },
  'batch read': { counted: counted('batch_read') },
  'batch read missing': { counted: counted('batch_read') },
  'batch operate': { counted: counted('batch_operate') },
  'batch remove': { counted: counted('batch_remove') },
  'batch apply': { counted: counted('batch_apply') },
  query: { counted: counted('query') },
  'query without index': { counted: counted('query', 'IndexNotFound') },

  remove: {
    difference: { what: 'removing a record', advice: '`db_operation_name=~"remove\\|delete"`' },
  },
  'remove missing': {
    difference: {
      what: 'removing a record that is not there',
      advice: 'leave `KeyNotFoundError` out, as [the alerts](promql.md#what-fails) do',
    },
  },
  'remove bin': {
    difference: { what: 'removing a bin', advice: '`db_operation_name=~"put\\|remove_bin"`' },
  },
  scan: {
    difference: { what: 'reading a whole set', advice: '`db_operation_name=~"query\\|scan"`' },
  },
  'batch read two sets': {
    difference: {
      what: 'a batch over two sets',
      advice: 'for batches over several sets, ask by namespace',
    },
  },
  'get unknown namespace': {
    difference: { what: 'a namespace that is not there', advice: 'nothing: it is a fault in both' },
  },
  'get closed': {
    difference: {
      what: 'a client that is closed',
      advice: 'nothing: what is not sent is a fault here too',
    },
  },
  apply: { difference: { what: 'a function applied to one record', advice: EXTRA } },
  info: { difference: { what: 'an info command', advice: EXTRA } },
  truncate: { difference: { what: 'truncating a set', advice: EXTRA } },
  'create index': { difference: { what: 'creating an index', advice: EXTRA } },
};

/** The names of calls that are counted the same. */
export const AGREED = Object.keys(CALLS).filter(name => CALLS[name]?.counted !== undefined);

/** The names of calls that are not. */
export const DIFFERING = Object.keys(CALLS).filter(name => CALLS[name]?.difference !== undefined);
