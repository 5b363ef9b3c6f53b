import type { Particle } from '../protocol/particle';
import type { Bins } from '../store/stored-record';

/** The bins that a command works on. The record's own stay untouched: it is copied at the first change. */
export class BinDraft {
  #bins: Bins;
  #copy: Map<string, Particle> | undefined;

  constructor(bins: Bins) {
    this.#bins = bins;
  }

  get bins(): Bins {
    return this.#bins;
  }

  get(name: string): Particle | undefined {
    return this.#bins.get(name);
  }

  /** A bin without value does not exist. */
  set(name: string, value: Particle | undefined): void {
    const bins = this.#writable();
    if (value) bins.set(name, value);
    else bins.delete(name);
  }

  clear(): void {
    this.#writable().clear();
  }

  #writable(): Map<string, Particle> {
    this.#copy ??= new Map(this.#bins);
    this.#bins = this.#copy;
    return this.#copy;
  }
}
