import { type Entry, List, MapOrder, OrderedMap, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import { range, rankingOf, sizeOf, valuesOf, type Collection } from './collection';
import type { Selection } from './selection';

export const ReturnType = {
  NONE: 0,
  INDEX: 1,
  REVERSE_INDEX: 2,
  RANK: 3,
  REVERSE_RANK: 4,
  COUNT: 5,
  KEY: 6,
  VALUE: 7,
  KEY_VALUE: 8,
  INDEX_RANGE: 9,
  REVERSE_INDEX_RANGE: 10,
  RANK_RANGE: 11,
  REVERSE_RANK_RANGE: 12,
  EXISTS: 13,
  UNORDERED_MAP: 16,
  ORDERED_MAP: 17,
} as const;

/** Added to a return type: everything but what was selected. */
export const INVERTED = 0x10000;

interface Selected {
  readonly collection: Collection;
  readonly selection: Selection;
  /** The operation is about one element, so the answer is a value instead of a list. */
  readonly single: boolean;
}

function notApplicable(what: string): CommandError {
  return new CommandError(ResultCode.OP_NOT_APPLICABLE, what);
}

function numbers(values: readonly number[], single: boolean): Value {
  return single ? BigInt(values[0] ?? -1) : new List(values.map(BigInt));
}

function values(all: readonly Value[], { selection, single }: Selected): Value | undefined {
  const chosen = selection.elements.map(i => all[i] as Value);
  return single ? chosen[0] : new List(chosen);
}

function reversed(positions: readonly number[], collection: Collection): number[] {
  return positions.map(i => sizeOf(collection) - 1 - i);
}

/** Equal elements of an unordered list share the lowest rank; in an ordered one the rank is the index. */
function ranksInList(list: List, elements: readonly number[]): readonly number[] {
  if (list.ordered) return elements;
  const ranking = rankingOf(list);
  return elements.map(i => ranking.rankOf(list.items[i] as Value));
}

function ranksOf({ collection, selection }: Selected): readonly number[] {
  const { elements, ranks } = selection;
  const size = sizeOf(collection);
  if (ranks === 'not applicable') throw notApplicable('this selection has no ranks');
  if (typeof ranks !== 'string') return ranks;
  if (ranks === 'of the elements' && elements.length === size) return range(0, size);
  if (collection instanceof List) return ranksInList(collection, elements);
  const rankByIndex = new Map(rankingOf(collection).indices.map((index, rank) => [index, rank]));
  return elements.map(i => rankByIndex.get(i) ?? -1);
}

function entriesOf(collection: Collection): readonly Entry[] {
  if (collection instanceof List) throw notApplicable('a list has no keys');
  return collection.entries;
}

const map =
  (order: number, arrange: (elements: readonly number[]) => readonly number[] = same => same) =>
  ({ collection, selection }: Selected): Value => {
    const entries = entriesOf(collection);
    const chosen = arrange(selection.elements).flatMap(i => entries.slice(i, i + 1));
    return new OrderedMap(chosen, order);
  };

const ANSWERS: Readonly<Record<number, (selected: Selected) => Value | undefined>> = {
  [ReturnType.NONE]: () => undefined,
  [ReturnType.INDEX]: ({ selection, single }) => numbers(selection.indices, single),
  [ReturnType.REVERSE_INDEX]: ({ collection, selection, single }) =>
    numbers(reversed(selection.indices, collection), single),
  [ReturnType.RANK]: selected => numbers(ranksOf(selected), selected.single),
  [ReturnType.REVERSE_RANK]: selected =>
    numbers(reversed(ranksOf(selected), selected.collection), selected.single),
  [ReturnType.COUNT]: ({ selection }) => BigInt(new Set(selection.indices).size),
  [ReturnType.KEY]: selected =>
    values(
      entriesOf(selected.collection).map(([key]) => key),
      selected,
    ),
  [ReturnType.VALUE]: selected => values(valuesOf(selected.collection), selected),
  [ReturnType.KEY_VALUE]: map(MapOrder.PRESERVED),
  [ReturnType.EXISTS]: ({ selection }) => selection.indices.length > 0,
  [ReturnType.UNORDERED_MAP]: map(MapOrder.UNORDERED),
  [ReturnType.ORDERED_MAP]: map(MapOrder.KEY_ORDERED, elements =>
    elements.toSorted((a, b) => a - b),
  ),
};

/** What an operation answers about the elements it selected. */
export function answer(returnType: number, selected: Selected): Value | undefined {
  if (returnType >= ReturnType.INDEX_RANGE && returnType <= ReturnType.REVERSE_RANK_RANGE) {
    throw unsupported('a return type that describes a range');
  }
  const give = ANSWERS[returnType];
  if (!give) throw notApplicable(`there is no return type ${returnType}`);
  return give(selected);
}
