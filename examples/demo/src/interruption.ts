import { setTimeout } from 'node:timers/promises';

/** A signal that is given when the user, or whoever started the demo, wants it to end. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  const interrupt = () => {
    interrupted.abort();
  };
  // npm passes a Ctrl-C on that the terminal has sent to the demo too: the second one must not kill it.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // Nobody reads on, as behind `| head`.
  process.stdout.on('error', interrupt);
  return interrupted.signal;
}

/** The longest that a timer of Node.js can wait: nearly 25 days. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Waits; resolves early, with false, when the signal is given.
 *
 * @param milliseconds until the time that is waited for; below 0 when it has passed
 */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  // Node.js warns of delays that its timers cannot have.
  const delayMs = Math.min(Math.max(milliseconds, 0), MAX_DELAY_MS);
  try {
    return await setTimeout(delayMs, true, { signal });
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
