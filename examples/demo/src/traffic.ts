import { setTimeout } from 'node:timers/promises';
import { AerospikeError, Key } from 'aerospike';
import type { Database } from './database';
import { ACTIONS, SETS, type Action, type SetName } from './workload';

const RECORDS_PER_SET = 50;
const WORKERS = 16;
/** With the workers this makes for somewhat over a thousand operations per second. */
const MEAN_PAUSE_MS = 10;

/** How often the demo itself has seen a call end in one way. */
export interface CallCount {
  readonly operation: string;
  readonly namespace: string;
  readonly set: string;
  /** Status code of the error; left out for calls that succeeded. */
  readonly code?: number;
  readonly count: number;
}

/** The demo's own count of its calls, made without the instrumentation, to compare the metric with. */
export class CallCounts {
  private readonly counts = new Map<string, CallCount>();

  /** Counts a call when it has completed. Its failure is part of the demo. */
  async count(operation: string, { ns, set }: Key, call: Promise<unknown>): Promise<void> {
    const code = await call.then(() => undefined, codeOf);
    const id = [operation, ns, set, code].join(' ');
    this.counts.set(id, {
      operation,
      namespace: ns,
      set,
      ...(code !== undefined && { code }),
      count: (this.counts.get(id)?.count ?? 0) + 1,
    });
  }

  all(): CallCount[] {
    return [...this.counts.values()];
  }
}

/** Writes the first records of every set, one after the other: the durations of calls made at once would be alike. */
export async function fill(database: Database, calls: CallCounts): Promise<void> {
  const fillOne = async (set: SetName) => {
    for (let id = 0; id < RECORDS_PER_SET; id++) {
      const key = keyOf(database, set, id);
      await calls.count('put', key, database.client.put(key, SETS[set].newRecord()));
    }
  };
  await Promise.all((Object.keys(SETS) as SetName[]).map(fillOne));
}

/** Lets workers take one action after the other until the signal is given, and waits for all they have begun. */
export async function runTraffic(
  database: Database,
  calls: CallCounts,
  stop: AbortSignal,
): Promise<void> {
  const deck = deal(ACTIONS.flatMap(action => Array<Action>(action.weight).fill(action)));
  const work = async () => {
    while (!stop.aborted) {
      await setTimeout(Math.random() * 2 * MEAN_PAUSE_MS);
      const { operation, set, isMissing, call } = deck.next().value;
      const id = Math.floor(Math.random() * RECORDS_PER_SET);
      const key = keyOf(database, set, isMissing ? RECORDS_PER_SET + id : id);
      await calls.count(operation, key, call(database.client, key));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
}

function keyOf({ namespaces }: Database, set: SetName, id: number): Key {
  const namespace = namespaces[SETS[set].namespace] ?? namespaces[0] ?? '';
  return new Key(namespace, set, `demo-${id}`);
}

/** Deals the cards in random order, over and over: chance decides when an action comes, but not how often. */
function* deal<Card>(cards: Card[]): Generator<Card, never> {
  for (;;) {
    const order = cards.map(card => ({ card, place: Math.random() }));
    for (const { card } of order.sort((a, b) => a.place - b.place)) yield card;
  }
}

function codeOf(error: unknown): number {
  if (error instanceof AerospikeError) return Number(error.code);
  throw error;
}
