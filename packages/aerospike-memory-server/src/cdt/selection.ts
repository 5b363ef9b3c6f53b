import { compareValues, List, MapOrder, OrderedMap, type Value } from '../protocol/msgpack';
import type { Arguments } from './arguments';
import { countSmaller, range, rankingOf, sizeOf, valuesOf, type Collection } from './collection';
import { countBefore, Ranking } from './ranking';
import { readRelativeWindow, readWindow, restOf, type Window } from './window';

/** Which elements an operation is about. Values, indices and ranks are answered in an order each of their own. */
export interface Selection {
  /** Indices of the elements, in the order in which keys and values are returned. */
  readonly elements: readonly number[];
  /** The same indices, in the order in which indices are returned. */
  readonly indices: readonly number[];
  readonly ranks: Ranks;
  /** What is left, where that has an order of its own. */
  readonly rest?: Selection;
}

/**
 * The ranks of the elements, in the order in which they are returned, or how to get them:
 * - 'of the elements': each is looked up, except that all elements of a collection have ascending ranks;
 * - 'of each element': each is looked up, also those of all elements;
 * - 'not applicable': the real server refuses to tell them.
 */
export type Ranks = readonly number[] | 'of the elements' | 'of each element' | 'not applicable';

/** Reads its arguments and selects; `single` operations are about one element and refuse an index out of range. */
export type Select = (collection: Collection, args: Arguments, single: boolean) => Selection;

function inIndexOrder({ start, end }: Window): Selection {
  const indices = range(start, end);
  return { elements: indices, indices, ranks: 'of the elements' };
}

function inRankOrder(collection: Collection, window: Window): Selection {
  const order = rankingOf(collection).indices;
  const pick = ({ start, end }: Window): Selection => {
    const elements = order.slice(start, end);
    return { elements, indices: elements, ranks: range(start, end) };
  };
  const picked = pick(window);
  if (collection instanceof List) return { ...picked, indices: ascending(picked.indices) };
  const rest = restOf(window, order.length);
  return rest ? { ...picked, rest: pick(rest) } : picked;
}

function ascending(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

function positionsWhere(values: readonly Value[], test: (value: Value) => boolean): number[] {
  const positions: number[] = [];
  for (const [i, value] of values.entries()) if (test(value)) positions.push(i);
  return positions;
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

/** What these find, one after the other; nothing twice, unless it may be `repeated`. */
function findAll(
  found: readonly (readonly number[])[],
  repeated: boolean,
): readonly (readonly number[])[] {
  if (repeated) return found;
  const taken = new Set<number>();
  return found.map(indices => {
    const fresh = indices.filter(i => !taken.has(i));
    for (const i of fresh) taken.add(i);
    return fresh;
  });
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
  const ranking = rankingOf(collection);
  const ordered = collection instanceof List && collection.ordered;
  const wanted = args.list();
  const found = findAll(
    wanted.map(item => ranking.indicesOf(item)),
    ordered,
  );
  const ranks = found.flatMap(({ length }, i) => {
    const rank = ranking.rankOf(wanted[i] as Value);
    return range(rank, rank + length);
  });
  const elements = found.flat();
  // An ordered list answers item by item, everything else in its own order.
  const indices = ordered ? elements : ascending([...new Set(elements)]);
  return { elements: indices, indices, ranks };
};

export const byRankRelativeToValue: Select = (collection, args) => {
  const origin = countSmaller(collection, args.value());
  return inRankOrder(collection, readRelativeWindow(sizeOf(collection), origin, args));
};

export const byKey: Select = (collection, args) => {
  const wanted = args.value();
  const entries = collection instanceof List ? [] : collection.entries;
  const start = countBefore(entries, ([key]) => compareValues(key, wanted) < 0);
  const found = range(
    start,
    countBefore(entries, ([key]) => compareValues(key, wanted) <= 0),
  );
  return { elements: found, indices: found, ranks: 'of the elements' };
};

function isUnordered(collection: Collection): boolean {
  return collection instanceof OrderedMap && collection.order === MapOrder.UNORDERED;
}

export const byKeyInterval: Select = (collection, args) => {
  const found = positionsWhere(keysOf(collection), readInterval(args).includes);
  const ranks = isUnordered(collection) ? 'of each element' : 'of the elements';
  return { elements: found, indices: found, ranks };
};

export const byKeyList: Select = (collection, args) => {
  const keys = new Ranking(keysOf(collection));
  const found = args.list().map(item => keys.indicesOf(item));
  const indices = findAll(found, !isUnordered(collection)).flat();
  const elements = ascending([...new Set(indices)]);
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

/** Everything that was not selected. */
export function invert({ indices, ranks, rest }: Selection, size: number): Selection {
  if (rest) return rest;
  const others = complement(indices, size);
  return {
    elements: others,
    indices: others,
    ranks: typeof ranks === 'string' ? ranks : complement(ranks, size),
  };
}
