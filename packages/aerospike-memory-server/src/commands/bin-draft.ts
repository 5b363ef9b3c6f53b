import { toStorable, type Value } from '../protocol/msgpack';
import type { Particle } from '../protocol/particle';
import { particleOf, valueOf } from '../protocol/particle-value';
import type { Bins } from '../store/stored-record';

/** A bin's value that has been decoded, and whether it has been changed since then. */
interface OpenValue {
  readonly value: Value;
  readonly isChanged: boolean;
}

/**
 * The bins that a command works on. The record's own stay untouched: it is copied at the first change. Lists and maps
 * are decoded for the first of the operations on them and encoded after the last one, not for each.
 */
export class BinDraft {
  #bins: Bins;
  #copy: Map<string, Particle> | undefined;
  readonly #open = new Map<string, OpenValue>();

  constructor(bins: Bins) {
    this.#bins = bins;
  }

  get bins(): Bins {
    for (const name of this.#open.keys()) this.#close(name);
    return this.#bins;
  }

  get(name: string): Particle | undefined {
    this.#close(name);
    return this.#bins.get(name);
  }

  /** A bin without value does not exist. */
  set(name: string, value: Particle | undefined): void {
    this.#open.delete(name);
    const bins = this.#writable();
    if (value) bins.set(name, value);
    else bins.delete(name);
  }

  /** The value of a bin in the form in which it is stored, to be read or to be changed and set; undefined for none. */
  value(name: string): Value | undefined {
    const open = this.#open.get(name);
    if (open) return open.value;
    const particle = this.#bins.get(name);
    if (!particle) return undefined;
    const value = toStorable(valueOf(particle));
    this.#open.set(name, { value, isChanged: false });
    return value;
  }

  setValue(name: string, value: Value | undefined): void {
    if (value === undefined) this.set(name, undefined);
    else this.#open.set(name, { value, isChanged: true });
  }

  clear(): void {
    this.#open.clear();
    this.#writable().clear();
  }

  #close(name: string): void {
    const open = this.#open.get(name);
    if (!open) return;
    this.#open.delete(name);
    if (open.isChanged) this.set(name, particleOf(open.value));
  }

  #writable(): Map<string, Particle> {
    this.#copy ??= new Map(this.#bins);
    this.#bins = this.#copy;
    return this.#copy;
  }
}
