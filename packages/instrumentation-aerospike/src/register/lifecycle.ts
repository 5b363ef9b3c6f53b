import { setTimeout } from 'node:timers/promises';

/** A receiver of metrics that does not answer must not hold the process up for longer. */
const MAX_SHUTDOWN_MS = 5000;

/** The signal with which a process is asked to end. */
const SIGNAL = 'SIGTERM';

/**
 * Shuts down when the process ends: by itself, or because it is asked to. Neither its exit code nor its own handling
 * of the signal changes.
 */
export function shutdownAtEnd(shutdown: () => Promise<void>): void {
  let isShutDown = false;
  const once = async (): Promise<void> => {
    if (isShutDown) return;
    isShutDown = true;
    await Promise.race([shutdown(), setTimeout(MAX_SHUTDOWN_MS, undefined, { ref: false })]);
  };
  process.once('beforeExit', () => void once());
  process.once(SIGNAL, () => {
    // The listener is removed by now. With another one the application decides when to end; without, Node.js would
    // have ended the process at once, and does so when the signal comes again.
    const isOursAlone = process.listenerCount(SIGNAL) === 0;
    void once().finally(() => {
      if (isOursAlone) process.kill(process.pid, SIGNAL);
    });
  });
}
