import { compareValues, type Value } from '../protocol/msgpack';

/** How many of sorted items come before a place; `comesBefore` is true of those at the beginning and of no others. */
export function countBefore<T>(sorted: readonly T[], comesBefore: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comesBefore(sorted[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Values in their order, so that many can be looked up: one at a time it takes forever in a large list or map. */
export class Ranking {
  /** Where the values stand among those given, smallest first; equal ones as they were given. */
  readonly indices: readonly number[];
  readonly #values: readonly Value[];

  constructor(values: readonly Value[]) {
    this.#values = values;
    this.indices = Array.from(values.keys()).sort((a, b) =>
      compareValues(this.#at(a), this.#at(b)),
    );
  }

  /** How many values are smaller. */
  rankOf(value: Value): number {
    return countBefore(this.indices, index => compareValues(this.#at(index), value) < 0);
  }

  /** Where the values stand that equal this one. A wildcard in it is no obstacle: what it equals stands together. */
  indicesOf(value: Value): readonly number[] {
    const end = countBefore(this.indices, index => compareValues(this.#at(index), value) <= 0);
    return this.indices.slice(this.rankOf(value), end);
  }

  has(value: Value): boolean {
    return this.indicesOf(value).length > 0;
  }

  /** Where values stand that equal one before them. */
  repetitions(): ReadonlySet<number> {
    const equals = (value: Value, index: number | undefined): boolean =>
      index !== undefined && compareValues(value, this.#at(index)) === 0;
    return new Set(
      this.indices.filter((index, rank) => equals(this.#at(index), this.indices[rank - 1])),
    );
  }

  #at(index: number): Value {
    return this.#values[index] as Value;
  }
}
