import { setTimeout } from 'node:timers/promises';
import * as Aerospike from 'aerospike';
import type { CallCounts } from './call-counts';

const { batchType, Key, operations } = Aerospike;

const RECORDS = 50;
/** Each set has a series for each operation and way to end. With so many, they stay below the limit of the SDK. */
const SETS = 12;
const WORKERS = 16;
/** With the workers this makes for somewhat over a thousand operations per second. */
const MEAN_PAUSE_MS = 10;

/** A call that is not answered fails soon, so that its worker can make the next one. */
const LIMITS = { totalTimeout: 500, socketTimeout: 500, maxRetries: 1 };
const READ = new Aerospike.ReadPolicy(LIMITS);
const WRITE = new Aerospike.WritePolicy(LIMITS);
const OPERATE = new Aerospike.OperatePolicy(LIMITS);
const REMOVE = new Aerospike.RemovePolicy(LIMITS);
const BATCH = new Aerospike.BatchPolicy(LIMITS);
const QUERY = new Aerospike.QueryPolicy(LIMITS);
const SCAN = new Aerospike.ScanPolicy(LIMITS);

/** One kind of call. */
interface Action {
  /** How often it is made, relative to the others. */
  readonly weight: number;
  /** What `db.operation.name` of its measurement will be. */
  readonly operation: string;
  readonly call: (client: Aerospike.Client, key: Aerospike.Key) => Promise<unknown>;
}

const twoKeys = (key: Aerospike.Key) => [key, new Key(key.ns, key.set, 'other')];

/** In promise and callback style, single records, batches, queries and scans. */
const ACTIONS: readonly Action[] = [
  { weight: 300, operation: 'get', call: (client, key) => client.get(key, READ) },
  {
    weight: 150,
    operation: 'put',
    call: (client, key) =>
      calledBack(done => {
        client.put(key, { n: 1, s: 'text' }, {}, WRITE, done);
      }),
  },
  { weight: 100, operation: 'exists', call: (client, key) => client.exists(key, READ) },
  {
    weight: 100,
    operation: 'operate',
    call: (client, key) =>
      calledBack(done => {
        client.operate(key, [operations.incr('n', 1), operations.read('n')], {}, OPERATE, done);
      }),
  },
  {
    weight: 50,
    operation: 'increment',
    call: (client, key) => client.add(key, { n: 1 }, {}, OPERATE),
  },
  { weight: 50, operation: 'remove', call: (client, key) => client.remove(key, REMOVE) },
  {
    weight: 50,
    operation: 'batch_read',
    call: (client, key) =>
      client.batchRead(
        twoKeys(key).map(each => ({ key: each, readAllBins: true })),
        BATCH,
      ),
  },
  {
    weight: 50,
    operation: 'batch_operate',
    call: (client, key) =>
      client.batchWrite(
        twoKeys(key).map(each => ({
          type: batchType.BATCH_WRITE,
          key: each,
          ops: [operations.write('n', 1)],
        })),
        BATCH,
      ),
  },
  {
    weight: 50,
    operation: 'batch_get',
    call: (client, key) => client.batchGet(twoKeys(key), BATCH),
  },
  {
    weight: 1,
    operation: 'query',
    call: (client, key) => client.query(key.ns, key.set).results(QUERY),
  },
  {
    weight: 1,
    operation: 'scan',
    call: (client, key) =>
      new Promise((resolve, reject) => {
        const stream = client.scan(key.ns, key.set).foreach(SCAN);
        stream.on('error', reject);
        stream.on('end', resolve);
      }),
  },
];

/** Lets workers make one call after the other until the signal is given, and waits for all they have begun. */
export async function runTraffic(
  client: Aerospike.Client,
  calls: CallCounts,
  stop: AbortSignal,
): Promise<void> {
  const deck = ACTIONS.flatMap(action => Array<Action>(action.weight).fill(action));
  const work = async () => {
    while (!stop.aborted) {
      await setTimeout(Math.random() * 2 * MEAN_PAUSE_MS);
      const action = deck[oneOf(deck.length)];
      const set = `set-${oneOf(SETS)}`;
      const key = new Key('test', set, `key-${oneOf(RECORDS)}`);
      if (action) await calls.count(action.operation, set, action.call(client, key));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
}

function oneOf(count: number): number {
  return Math.floor(Math.random() * count);
}

/** A call in callback style, as a promise. */
function calledBack(call: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    call(error => {
      if (error) reject(error);
      else resolve();
    });
  });
}
