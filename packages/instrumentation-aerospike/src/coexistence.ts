import type { Context, Span } from '@opentelemetry/api';
import { PACKAGE_NAME } from './version';

/**
 * What the instrumentations of one process tell each other, whichever copies and versions of this package they are of.
 * It holds plain records, none of which any copy may rely on: what is not as expected is passed over.
 */
interface Shared {
  /** Of {@link Participant} and {@link CallRecord}. A copy with other records has a place of its own. */
  readonly version: 1;
  /** In the order in which they were enabled. */
  readonly enabled: Participant[];
  /** Called when one more is enabled. */
  readonly watchers: (() => void)[];
  /** The call of a public method that is running, if more than one instrumentation sees it. */
  current: CallRecord | undefined;
}

/** An instrumentation that is enabled. */
export interface Participant {
  /** Whether it records into a metric producer, which the application has made for a reader of its own SDK. */
  readonly hasProducer: () => boolean;
  /** Where the state of the clients goes, which is to be there once. */
  readonly clientsInto?: () => object | undefined;
}

/** What has been done about one call, so that nothing is there twice. */
export interface CallRecord {
  readonly method: string;
  readonly receiver: unknown;
  /** The values that have been recorded: of which metric, and into what. */
  readonly recorded: { readonly metric: string; readonly destination: object }[];
  /** One for each TracerProvider, of which there is rarely more than one. */
  readonly spans: CallSpan[];
  /** Of all instrumentations that see the call, the one enabled last first. */
  readonly hooks: CallHooks[];
}

export interface CallSpan {
  /** By identity. */
  readonly provider: object;
  readonly span: Span;
  readonly context: Context;
}

/** Hooks of one instrumentation. They do not throw. */
export interface CallHooks {
  /** Whose span they are for. */
  readonly provider: object;
  readonly onStart: (span: Span) => void;
  readonly onEnd: (span: Span, error: unknown, returnedRows: number | undefined) => void;
}

const VERSION = 1;

function find(): Shared {
  const key = Symbol.for(`${PACKAGE_NAME}/${VERSION}`);
  const globals = globalThis as Record<symbol, unknown>;
  const made: Shared = { version: VERSION, enabled: [], watchers: [], current: undefined };
  try {
    const found = globals[key] as Partial<Shared> | undefined;
    const isAsExpected =
      found?.version === VERSION && Array.isArray(found.enabled) && Array.isArray(found.watchers);
    if (isAsExpected) return found as Shared;
    Object.defineProperty(globals, key, { value: made, configurable: true });
  } catch {
    // The global object is frozen, or somebody else's: then this copy is by itself.
  }
  return made;
}

const shared = find();

/** Lets the other instrumentations of this process know of one that is enabled. */
export function announceEnabled(participant: Participant): void {
  if (shared.enabled.includes(participant)) return;
  shared.enabled.push(participant);
  for (const watcher of shared.watchers) guarded(watcher, undefined);
}

export function announceDisabled(participant: Participant): void {
  const index = shared.enabled.indexOf(participant);
  if (index !== -1) shared.enabled.splice(index, 1);
}

/** Calls back whenever one more instrumentation is enabled. */
export function watch(watcher: () => void): void {
  shared.watchers.push(watcher);
}

/** Whether there is an enabled instrumentation of which something is true. */
export function isAnyEnabled(isTrue: (participant: Participant) => boolean): boolean {
  return shared.enabled.some(participant => guarded(() => isTrue(participant), false));
}

/** Whether no instrumentation that was enabled before has the state of the clients there. */
export function isFirstWithClients(participant: Participant, destination: object): boolean {
  const first = shared.enabled.find(each =>
    guarded(() => each.clientsInto?.() === destination, false),
  );
  return first === undefined || first === participant;
}

/** Calls what can be of another version of this package, whose faults are not ours. */
function guarded<Result>(call: () => Result, otherwise: Result): Result {
  try {
    return call();
  } catch {
    return otherwise;
  }
}

/**
 * The record of a call, which every instrumentation that wraps the method shares: the outermost wrapper makes it.
 * Undefined where there is one instrumentation only.
 */
export function recordOf(method: string, receiver: unknown): CallRecord | undefined {
  if (shared.enabled.length < 2) return undefined;
  const { current } = shared;
  if (current?.method === method && current.receiver === receiver) return current;
  return { method, receiver, recorded: [], spans: [], hooks: [] };
}

/** Makes a record the one that wrappers further in find. Returns what was there before, to be put back afterwards. */
export function enter(record: CallRecord | undefined): CallRecord | undefined {
  const before = shared.current;
  shared.current = record;
  return before;
}

/** Whether a value is still to be recorded; from now on it is not. */
export function claim(record: CallRecord, metric: string, destination: object): boolean {
  const { recorded } = record;
  for (const each of recorded) {
    if (each.metric === metric && each.destination === destination) return false;
  }
  recorded.push({ metric, destination });
  return true;
}
