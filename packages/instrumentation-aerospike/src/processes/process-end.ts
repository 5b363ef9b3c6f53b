import { setTimeout } from 'node:timers/promises';
import { diag } from '@opentelemetry/api';
import { PACKAGE_NAME } from '../version';

/** A receiver of metrics that does not answer must not hold the process up for longer. */
const MAX_SHUTDOWN_MS = 5000;

/** The signal with which a process is asked to end. */
const SIGNAL = 'SIGTERM';

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
  let isOtherGone = false;
  const onSignal = () => {
    // Ours is removed by now. With another one the application decides when to end; without, Node.js would have ended
    // the process at once, and does so when the signal comes again.
    if (isOtherGone || process.listenerCount(SIGNAL) > 0) void all(each => each.flush());
    else void end().finally(() => process.kill(process.pid, SIGNAL));
  };
  process.prependOnceListener(SIGNAL, onSignal);
  // A listener that is to be called once and came before ours has been removed just before.
  process.on('removeListener', (name, listener) => {
    if (name !== SIGNAL || listener === onSignal) return;
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
  if (!isDone)
    diag.error(`${PACKAGE_NAME}: what was left could not be exported within ${maxMs} ms`);
  return isDone;
}

async function all(work: (each: Exporting) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from(exporting, each =>
      work(each).catch((error: unknown) => {
        diag.error(`${PACKAGE_NAME}: what was left could not be exported`, error);
      }),
    ),
  );
}
