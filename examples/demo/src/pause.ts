import { setTimeout } from 'node:timers/promises';

/** The longest that a timer of Node.js can wait: nearly 25 days. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Waits; resolves early, with false, when the signal is given. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    return await setTimeout(Math.min(milliseconds, MAX_DELAY_MS), true, { signal });
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
