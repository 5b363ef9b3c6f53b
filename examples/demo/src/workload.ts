import { setImmediate } from 'node:timers/promises';
import {
  exp,
  lists,
  maps,
  operations,
  policy,
  ReadPolicy,
  ttl,
  WritePolicy,
  type AerospikeBins,
  type Client,
  type Key,
} from 'aerospike';

export type SetName = 'users' | 'sessions' | 'orders' | 'carts';

/** The sets of the shop, each with the namespace that it lives in (where there is a second one) and a new record. */
export const SETS: Readonly<Record<SetName, { namespace: 0 | 1; newRecord: () => AerospikeBins }>> =
  {
    users: { namespace: 0, newRecord: () => ({ name: 'Ada', role: 'customer', visits: 1 }) },
    sessions: { namespace: 0, newRecord: () => ({ trail: '/', pages: { '/': 1 } }) },
    orders: { namespace: 1, newRecord: () => ({ state: 'new', total: 1 }) },
    carts: { namespace: 1, newRecord: () => ({ items: [], total: 0 }) },
  };

/** One kind of call that the shop makes. */
export interface Action {
  /** How often it is made, relative to the others. */
  readonly weight: number;
  /** What `db.operation.name` of its measurement will be. */
  readonly operation: string;
  readonly set: SetName;
  /** Its key is that of no record. */
  readonly isMissing?: true;
  readonly call: (client: Client, key: Key) => Promise<unknown>;
}

/** No record has generation 0: somebody else has always been faster. */
const STALE = { gen: 0 };
const ifUnchanged = new WritePolicy({ gen: policy.gen.EQ });
/** No user of the shop is one. */
const administratorsOnly = new ReadPolicy({
  filterExpression: exp.eq(exp.binStr('role'), exp.str('administrator')),
});

const get = (client: Client, key: Key) => client.get(key);
const exists = (client: Client, key: Key) => client.exists(key);
const replace = (set: SetName) => (client: Client, key: Key) =>
  client.put(key, SETS[set].newRecord());

/** Everything the shop does. The comments say which of it fails, and how. */
export const ACTIONS: readonly Action[] = [
  { weight: 120, operation: 'get', set: 'users', call: get },
  // KeyNotFoundError
  { weight: 9, operation: 'get', set: 'users', isMissing: true, call: get },
  {
    // FilteredOut
    weight: 6,
    operation: 'get',
    set: 'users',
    call: (client, key) => client.get(key, administratorsOnly),
  },
  // Timeout
  { weight: 1, operation: 'get', set: 'users', call: getTooSlowly },
  {
    weight: 48,
    operation: 'select',
    set: 'users',
    call: (client, key) => client.select(key, ['name', 'role']),
  },
  { weight: 24, operation: 'exists', set: 'users', call: exists },
  // Not a failure: that there is none is an answer.
  { weight: 6, operation: 'exists', set: 'users', isMissing: true, call: exists },
  { weight: 24, operation: 'put', set: 'users', call: replace('users') },
  {
    // GenerationError
    weight: 6,
    operation: 'put',
    set: 'users',
    call: (client, key) => client.put(key, { name: 'Grace' }, STALE, ifUnchanged),
  },
  {
    weight: 24,
    operation: 'increment',
    set: 'users',
    call: (client, key) => client.add(key, { visits: 1 }),
  },

  { weight: 72, operation: 'get', set: 'sessions', call: get },
  {
    weight: 42,
    operation: 'touch',
    set: 'sessions',
    call: (client, key) => client.operate(key, [operations.touch(ttl.NAMESPACE_DEFAULT)]),
  },
  {
    weight: 24,
    operation: 'append',
    set: 'sessions',
    call: (client, key) => client.append(key, { trail: '/cart' }),
  },
  {
    weight: 12,
    operation: 'prepend',
    set: 'sessions',
    call: (client, key) => client.prepend(key, { trail: '/login' }),
  },
  {
    weight: 24,
    operation: 'operate',
    set: 'sessions',
    call: (client, key) =>
      client.operate(key, [
        maps.put('pages', '/cart', 1),
        maps.getByKey('pages', '/cart', maps.returnType.VALUE),
      ]),
  },
  // What is appended and prepended above must not grow for ever.
  { weight: 24, operation: 'put', set: 'sessions', call: replace('sessions') },

  { weight: 42, operation: 'get', set: 'orders', call: get },
  { weight: 24, operation: 'put', set: 'orders', call: replace('orders') },
  {
    weight: 24,
    operation: 'operate',
    set: 'orders',
    call: (client, key) =>
      client.operate(key, [operations.incr('total', 1), operations.read('total')]),
  },

  // Carts are removed and filled again: now and then, any of these but the writes finds none (KeyNotFoundError).
  { weight: 36, operation: 'get', set: 'carts', call: get },
  {
    weight: 24,
    operation: 'operate',
    set: 'carts',
    call: (client, key) =>
      client.operate(key, [lists.append('items', 'teapot'), lists.size('items')]),
  },
  { weight: 12, operation: 'exists', set: 'carts', call: exists },
  { weight: 12, operation: 'remove', set: 'carts', call: (client, key) => client.remove(key) },
  { weight: 18, operation: 'put', set: 'carts', call: replace('carts') },
];

/** Keeps the event loop busy for longer than the timeout, which is what most timeouts of a fast server come from. */
async function getTooSlowly(client: Client, key: Key): Promise<unknown> {
  // Next in the loop are the timers, and only then the sockets: the answer has no chance to be first.
  await setImmediate();
  const answer = client.get(key, new ReadPolicy({ totalTimeout: 1, maxRetries: 0 }));
  keepBusy(2);
  return answer;
}

function keepBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
