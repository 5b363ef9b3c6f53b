import { compareValues, List, MapOrder, OrderedMap, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { Arguments } from './arguments';
import {
  countSmaller,
  indicesByRank,
  range,
  sizeOf,
  valuesOf,
  type Collection,
} from './collection';

/** Which elements an operation is about. The three orders differ: each is the one in which that answer is given. */
export interface Selection {
  /** Indices of the elements, in the order in which keys and values are returned. */
  readonly elements: readonly number[];
  /** The same indices, in the order in which indices are returned. */
  readonly indices: readonly number[];
  /** Ranks in the order in which they are returned; or those of the elements, each looked up; or not to be had. */
  readonly ranks: readonly number[] | 'of the elements' | 'not applicable';
}

/** Reads its arguments and selects; `single` operations are about one element and refuse an index out of range. */
export type Select = (collection: Collection, args: Arguments, single: boolean) => Selection;

interface Window {
  readonly start: number;
  readonly end: number;
}

/** The part of a range that exists. A negative start counts from the end and may reach beyond the beginning. */
function windowOf(size: number, index: number, count: number): Window {
  const from = index < 0 ? index + size : index;
  const start = Math.min(Math.max(0, from), size);
  return { start, end: Math.max(start, Math.min(size, from + count)) };
}

function oneOf(size: number, index: number): Window {
  if (index >= size || index < -size) {
    throw new CommandError(ResultCode.OP_NOT_APPLICABLE, `index ${index} is out of range`);
  }
  return windowOf(size, index, 1);
}

function readWindow(size: number, args: Arguments, single: boolean): Window {
  const index = args.index();
  return single ? oneOf(size, index) : windowOf(size, index, args.count());
}

/** A range that is counted from where a value or a key stands or would stand. */
function readRelativeWindow(size: number, origin: number, args: Arguments): Window {
  const index = origin + args.index();
  const count = args.count();
  return index < 0 ? windowOf(size, 0, Math.max(0, count + index)) : windowOf(size, index, count);
}

function inIndexOrder({ start, end }: Window): Selection {
  const indices = range(start, end);
  return { elements: indices, indices, ranks: 'of the elements' };
}

function inRankOrder(collection: Collection, { start, end }: Window): Selection {
  const elements = indicesByRank(collection).slice(start, end);
  const indices = collection instanceof List ? elements.toSorted((a, b) => a - b) : elements;
  return { elements, indices, ranks: range(start, end) };
}

function positionsWhere(values: readonly Value[], test: (value: Value) => boolean): number[] {
  return range(0, values.length).filter(i => test(values[i] as Value));
}

function keysOf(collection: Collection): readonly Value[] {
  return collection instanceof List ? [] : collection.entries.map(([key]) => key);
}

/** From `start` on, up to but without `end`; without an end, all that follow. */
function readInterval(args: Arguments): { start: Value; includes: (value: Value) => boolean } {
  const start = args.value();
  const end = args.valueIfGiven();
  const includes = (value: Value): boolean =>
    compareValues(value, start) >= 0 && (end === undefined || compareValues(value, end) < 0);
  return { start, includes };
}

function ofValues(collection: Collection, indices: number[], least: Value): Selection {
  const rank = countSmaller(collection, least);
  return { elements: indices, indices, ranks: range(rank, rank + indices.length) };
}

function distinct(items: readonly Value[]): readonly Value[] {
  return items.filter(
    (item, i) => items.findIndex(other => compareValues(item, other) === 0) === i,
  );
}

export const byIndex: Select = (collection, args, single) =>
  inIndexOrder(readWindow(sizeOf(collection), args, single));

export const byRank: Select = (collection, args, single) =>
  inRankOrder(collection, readWindow(sizeOf(collection), args, single));

export const byValue: Select = (collection, args, single) => {
  const wanted = args.value();
  const found = positionsWhere(valuesOf(collection), value => compareValues(value, wanted) === 0);
  return ofValues(collection, single ? found.slice(0, 1) : found, wanted);
};

export const byValueInterval: Select = (collection, args) => {
  const { start, includes } = readInterval(args);
  return ofValues(collection, positionsWhere(valuesOf(collection), includes), start);
};

export const byValueList: Select = (collection, args) => {
  const values = valuesOf(collection);
  const ordered = collection instanceof List && collection.ordered;
  const given = args.list();
  const perItem = (ordered ? given : distinct(given)).map(item => ({
    found: positionsWhere(values, value => compareValues(value, item) === 0),
    rank: countSmaller(collection, item),
  }));
  const ranks = perItem.flatMap(({ found, rank }) => range(rank, rank + found.length));
  const elements = perItem.flatMap(({ found }) => found);
  // An ordered list answers item by item, everything else in its own order.
  const indices = ordered ? elements : [...new Set(elements)].sort((a, b) => a - b);
  return { elements: indices, indices, ranks };
};

export const byRankRelativeToValue: Select = (collection, args) => {
  const origin = countSmaller(collection, args.value());
  return inRankOrder(collection, readRelativeWindow(sizeOf(collection), origin, args));
};

export const byKey: Select = (collection, args) => {
  const wanted = args.value();
  const found = positionsWhere(keysOf(collection), key => compareValues(key, wanted) === 0);
  return { elements: found, indices: found, ranks: 'of the elements' };
};

export const byKeyInterval: Select = (collection, args) => {
  const found = positionsWhere(keysOf(collection), readInterval(args).includes);
  return { elements: found, indices: found, ranks: 'of the elements' };
};

export const byKeyList: Select = (collection, args) => {
  const keys = keysOf(collection);
  const unordered = collection instanceof OrderedMap && collection.order === MapOrder.UNORDERED;
  const given = args.list();
  const indices = (unordered ? distinct(given) : given).flatMap(item =>
    positionsWhere(keys, key => compareValues(key, item) === 0),
  );
  const elements = [...new Set(indices)].sort((a, b) => a - b);
  return { elements, indices, ranks: 'not applicable' };
};

export const byIndexRelativeToKey: Select = (collection, args) => {
  const wanted = args.value();
  const origin = keysOf(collection).filter(key => compareValues(key, wanted) < 0).length;
  return inIndexOrder(readRelativeWindow(sizeOf(collection), origin, args));
};

function complement(numbers: readonly number[], size: number): number[] {
  const taken = new Set(numbers);
  return range(0, size).filter(i => !taken.has(i));
}

/** Everything that was not selected, in index order. */
export function invert({ indices, ranks }: Selection, size: number): Selection {
  const rest = complement(indices, size);
  return {
    elements: rest,
    indices: rest,
    ranks: typeof ranks === 'string' ? ranks : complement(ranks, size),
  };
}
