import * as Aerospike from 'aerospike';
import type { World } from './scenario';

const { batchType, operations } = Aerospike;

export const SET = 'reliability';
export const KEY = new Aerospike.Key('test', SET, 'key');
const OTHER_KEY = new Aerospike.Key('test', SET, 'other');

/** How long a command may take, and how often it is tried again. */
export interface Limits {
  readonly totalTimeout?: number;
  readonly socketTimeout?: number;
  readonly maxRetries?: number;
}

/** No time limit, so that a slow machine makes no difference. */
export const ONCE: Limits = { totalTimeout: 0, socketTimeout: 0, maxRetries: 0 };
/** So short that a command which is not answered does not hold the test up. */
export const SHORT: Limits = { totalTimeout: 100, socketTimeout: 0, maxRetries: 0 };

type Command = (world: World, limits: Limits) => Promise<unknown>;

/** Commands of all kinds, in all styles. */
const COMMANDS: readonly Command[] = [
  get,
  ({ calls, client }, limits) =>
    calls.callback('put', done => {
      client.put(KEY, { n: 1 }, {}, new Aerospike.WritePolicy(limits), done);
    }),
  ({ calls, client }, limits) =>
    calls.promise('exists', () => client.exists(KEY, new Aerospike.ReadPolicy(limits))),
  ({ calls, client }, limits) =>
    calls.callback('operate', done => {
      const ops = [operations.incr('n', 1)];
      client.operate(KEY, ops, {}, new Aerospike.OperatePolicy(limits), done);
    }),
  ({ calls, client }, limits) =>
    calls.promise('increment', () =>
      client.add(KEY, { n: 1 }, {}, new Aerospike.OperatePolicy(limits)),
    ),
  ({ calls, client }, limits) => {
    const keys = [KEY, OTHER_KEY].map(key => ({ key, readAllBins: true }));
    return calls.promise('batch_read', () =>
      client.batchRead(keys, new Aerospike.BatchPolicy(limits)),
    );
  },
  ({ calls, client }, limits) => {
    const rows = [KEY, OTHER_KEY].map(key => ({
      type: batchType.BATCH_WRITE,
      key,
      ops: [operations.write('n', 1)],
    }));
    return calls.callback('batch_operate', done => {
      client.batchWrite(rows, new Aerospike.BatchPolicy(limits), done);
    });
  },
  ({ calls, client }, limits) =>
    calls.promise('query', () =>
      client.query('test', SET).results(new Aerospike.QueryPolicy(limits)),
    ),
  ({ calls, client }, limits) =>
    calls.stream('scan', () => client.scan('test', SET).foreach(new Aerospike.ScanPolicy(limits))),
];

export function get({ calls, client }: World, limits: Limits): Promise<string> {
  return calls.promise('get', () => client.get(KEY, new Aerospike.ReadPolicy(limits)));
}

/** So many of each command, all at once. */
export async function makeCalls(world: World, times: number, limits: Limits): Promise<void> {
  await Promise.all(startCalls(world, times, limits));
}

export function startCalls(world: World, times: number, limits: Limits): Promise<unknown>[] {
  return Array.from({ length: times }, () =>
    COMMANDS.map(command => command(world, limits)),
  ).flat();
}

/** Gets a record over and over, until it ends in this way. */
export async function getUntil(world: World, outcome: string, limits: Limits): Promise<void> {
  while ((await get(world, limits)) !== outcome) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
