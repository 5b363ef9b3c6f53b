import { MAX_TTL } from './stored-record';

/** Aerospike counts void times in seconds since 2010-01-01T00:00:00Z; this is that moment in Unix milliseconds. */
export const EPOCH_MS = 1_262_304_000_000;

const MAX_VOID_TIME = 0xffffffff;

/** The server's time: the machine's, plus what a test has put it forward by. */
export class Clock {
  #offsetMs = 0;

  /** @throws RangeError when void times of records written then would not fit into their 32 bits. */
  advance(seconds: number): void {
    const offsetMs = this.#offsetMs + seconds * 1000;
    const latest = Math.floor((Date.now() + offsetMs - EPOCH_MS) / 1000) + MAX_TTL;
    if (latest > MAX_VOID_TIME) {
      throw new RangeError(
        `The time cannot be put forward by ${seconds} seconds: void times end in the year 2146, ten years after the last write that there can be.`,
      );
    }
    this.#offsetMs = offsetMs;
  }

  /** Unix milliseconds. */
  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Seconds since 2010, as in void times. */
  nowSeconds(): number {
    return Math.floor((this.nowMs() - EPOCH_MS) / 1000);
  }
}
