import { compareValues, List, type OrderedMap, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode } from '../protocol/result-code';
import { Ranking } from './ranking';

export type Collection = List | OrderedMap;

export function sizeOf(collection: Collection): number {
  return collection instanceof List ? collection.items.length : collection.entries.length;
}

/** The values in index order, which for a map is the order of its keys. */
export function valuesOf(collection: Collection): readonly Value[] {
  return collection instanceof List
    ? collection.items
    : collection.entries.map(([, value]) => value);
}

export function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
}

export function rankingOf(collection: Collection): Ranking {
  return new Ranking(valuesOf(collection));
}

export function countSmaller(collection: Collection, than: Value): number {
  let count = 0;
  for (const value of valuesOf(collection)) if (compareValues(value, than) < 0) count++;
  return count;
}

/** More nils than this would be more than any record can hold. */
const MAX_PADDING = 8 * 1024 * 1024;

/** The nils between the end of a list and an index beyond it. */
export function paddingTo(list: List, index: number): null[] {
  const length = Math.max(0, index - list.items.length);
  if (length > MAX_PADDING) {
    throw new CommandError(ResultCode.RECORD_TOO_BIG, `a list of ${index} elements`);
  }
  return Array.from({ length }, () => null);
}

export function removeAt(collection: Collection, indices: readonly number[]): void {
  const [only] = indices;
  if (indices.length === 1 && only !== undefined) {
    (collection instanceof List ? collection.items : collection.entries).splice(only, 1);
    return;
  }
  const removed = new Set(indices);
  const stays = (_: unknown, i: number): boolean => !removed.has(i);
  if (collection instanceof List) collection.items = collection.items.filter(stays);
  else collection.entries = collection.entries.filter(stays);
}
