/** Aerospike counts void times in seconds since 2010-01-01T00:00:00Z; this is that moment in Unix milliseconds. */
export const EPOCH_MS = 1_262_304_000_000;

/** The server's time: the machine's, plus what a test has put it forward by. */
export class Clock {
  #offsetMs = 0;

  advance(seconds: number): void {
    this.#offsetMs += seconds * 1000;
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
