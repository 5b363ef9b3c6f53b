import { setTimeout } from 'node:timers/promises';
import { diag } from '@opentelemetry/api';
import { PACKAGE_NAME } from '../version';

/** A receiver of metrics that does not answer must not hold the process up for longer. */
const MAX_SHUTDOWN_MS = 5000;

/** The signal with which a process is asked to end. */
const SIGNAL = 'SIGTERM';

/**
 * Shuts down when the process ends: by itself, or because it is asked to. Neither its exit code nor its own handling
 * of the signal changes.
 *
 * The listeners are the first ones: an application's that is called only once would be gone before it is counted.
 */
export function shutdownAtEnd(shutdown: () => Promise<void>, maxMs = MAX_SHUTDOWN_MS): void {
  let isShutDown = false;
  /** Resolves to whether it was done in time. */
  const once = async (): Promise<boolean> => {
    if (isShutDown) return true;
    isShutDown = true;
    const done = shutdown()
      .catch((error: unknown) => {
        diag.error(`${PACKAGE_NAME}: what was left could not be exported`, error);
      })
      .then(() => true);
    const isInTime = await Promise.race([done, setTimeout(maxMs, false, { ref: false })]);
    if (!isInTime) {
      diag.error(`${PACKAGE_NAME}: what was left could not be exported within ${maxMs} ms`);
    }
    return isInTime;
  };
  process.prependOnceListener('beforeExit', () => {
    // With another listener the application may have more to do.
    const isOursAlone = process.listenerCount('beforeExit') === 0;
    void once().then(isInTime => {
      if (!isInTime && isOursAlone) process.exit();
    });
  });
  process.prependOnceListener(SIGNAL, () => {
    // The listener is removed by now. With another one the application decides when to end; without, Node.js would
    // have ended the process at once, and does so when the signal comes again.
    const isOursAlone = process.listenerCount(SIGNAL) === 0;
    void once().finally(() => {
      if (isOursAlone) process.kill(process.pid, SIGNAL);
    });
  });
}
