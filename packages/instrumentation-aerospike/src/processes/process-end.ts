import { setTimeout } from 'node:timers/promises';
import { log } from '../diagnostics';

/** A receiver of metrics that does not answer must not hold the process up for longer. */
const MAX_SHUTDOWN_MS = 5000;

/** The signals with which a process is asked to end: by a supervisor, from the keyboard, by a terminal that closes. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/** What has something to export when the process ends. */
interface Exporting {
  /** Exports what has been measured since the last time. */
  flush(): Promise<void>;
  /** Does so for the last time. */
  shutdown(): Promise<void>;
}

/** Everything that is to be exported. Listeners of several would each take the other for one of the application's. */
const exporting = new Set<Exporting>();

/**
 * Shuts down when the process ends: by itself, or because it is asked to. Neither its exit code nor its own handling
 * of the signal changes. An application that handles the signal may go on for a while: then what has been measured is
 * exported at the signal, and what comes later when the process ends by itself.
 *
 * The listeners are the first ones: an application's that is called only once would be gone before it is counted.
 */
export function exportAtEnd(sdk: Exporting, maxMs = MAX_SHUTDOWN_MS): void {
  exporting.add(sdk);
  if (exporting.size > 1) return;
  let ended: Promise<boolean> | undefined;
  /** Resolves to whether it was done in time. */
  const end = (): Promise<boolean> => {
    ended ??= isInTime(
      all(each => each.shutdown()),
      maxMs,
    );
    return ended;
  };
  process.prependOnceListener('beforeExit', () => {
    // With another listener the application may have more to do.
    const isOursAlone = process.listenerCount('beforeExit') === 0;
    void end().then(isDone => {
      if (!isDone && isOursAlone) process.exit();
    });
  });
  for (const signal of SIGNALS) {
    onceFirst(signal, isOursAlone => {
      // With another listener the application decides when to end. Without one Node.js would have ended the process at
      // once, and does so when the signal comes again.
      if (isOursAlone) void end().finally(() => process.kill(process.pid, signal));
      else void all(each => each.flush());
    });
  }
}

/** Calls back the first time that a signal comes, and tells whether nobody else listens to it. */
function onceFirst(signal: Signal, callback: (isOursAlone: boolean) => void): void {
  let isOtherGone = false;
  const onSignal = () => {
    // Ours is removed by now.
    callback(!isOtherGone && process.listenerCount(signal) === 0);
  };
  process.prependOnceListener(signal, onSignal);
  // A listener that is to be called once and came before ours has been removed just before.
  process.on('removeListener', (name, listener) => {
    if (name !== signal || listener === onSignal) return;
    isOtherGone = true;
    queueMicrotask(() => {
      isOtherGone = false;
    });
  });
}

async function isInTime(done: Promise<void>, maxMs: number): Promise<boolean> {
  const isDone = await Promise.race([
    done.then(() => true),
    setTimeout(maxMs, false, { ref: false }),
  ]);
  if (!isDone) log('error', `what was left could not be exported within ${maxMs} ms`);
  return isDone;
}

async function all(work: (each: Exporting) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from(exporting, each =>
      work(each).catch((error: unknown) => {
        log('error', 'what was left could not be exported', error);
      }),
    ),
  );
}
