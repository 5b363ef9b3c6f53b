import { compareValues, type List, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { Arguments } from './arguments';
import { paddingTo } from './collection';
import { sum } from './numeric';
import { listOrder, listOrderAtCreation } from './order-attributes';
import { countBefore, Ranking } from './ranking';

/** Changes a list in place. Order attributes of the write count only for a list that it has `created`. */
export type ListWrite = (list: List, args: Arguments, created: boolean) => Value | undefined;

const WriteFlag = { ADD_UNIQUE: 0x01, INSERT_BOUNDED: 0x02, NO_FAIL: 0x04, PARTIAL: 0x08 } as const;
const SortFlag = { DESCENDING: 0x01, DROP_DUPLICATES: 0x02 } as const;
const MAX_INDEX = 0x7fffffff;
/** So many values are put into their places one at a time; for more it is cheaper to sort all of them. */
const FEW = 16;

function has(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

function sizeOf(list: List): bigint {
  return BigInt(list.items.length);
}

function notApplicable(what: string): CommandError {
  return new CommandError(ResultCode.OP_NOT_APPLICABLE, what);
}

/** A write that may not be done: an error, or with NO_FAIL nothing at all. */
function refuse(list: List, flags: number, code: number, what: string): bigint {
  if (!has(flags, WriteFlag.NO_FAIL)) throw new CommandError(code, what);
  return sizeOf(list);
}

function refuseDuplicate(list: List, flags: number): bigint {
  return refuse(list, flags, ResultCode.ELEMENT_EXISTS, 'the element exists');
}

function refuseRepetition(list: List, flags: number): bigint {
  return refuse(list, flags, ResultCode.OP_NOT_APPLICABLE, 'the items repeat an element');
}

function includes(items: readonly Value[], value: Value): boolean {
  return items.some(item => compareValues(item, value) === 0);
}

function position(list: List, index: number): number {
  const at = index < 0 ? index + list.items.length : index;
  if (at < 0 || at > MAX_INDEX) throw notApplicable(`index ${index} is out of range`);
  return at;
}

function place(list: List, at: number, items: readonly Value[]): bigint {
  if (items.length <= FEW) list.items.splice(at, 0, ...paddingTo(list, at), ...items);
  else {
    const head = list.items.slice(0, at).concat(paddingTo(list, at));
    list.items = head.concat(items, list.items.slice(at));
  }
  return sizeOf(list);
}

/** Looks values up in a list, in the way that is the cheapest for so many of them. */
function presenceIn({ items, ordered }: List, count: number): (value: Value) => boolean {
  if (ordered) return value => compareOrInfinity(items[countSmaller(items, value)], value) === 0;
  if (count <= FEW) return value => includes(items, value);
  const ranking = new Ranking(items);
  return value => ranking.has(value);
}

function countSmaller(sorted: readonly Value[], value: Value): number {
  return countBefore(sorted, item => compareValues(item, value) < 0);
}

function compareOrInfinity(item: Value | undefined, value: Value): number {
  return item === undefined ? Infinity : compareValues(item, value);
}

/** Behind those that equal it. */
function insertSorted(list: List, value: Value): void {
  const at = countBefore(list.items, item => compareValues(item, value) <= 0);
  list.items.splice(at, 0, value);
}

function insertUnique(list: List, at: number, items: readonly Value[], flags: number): bigint {
  const accepted: Value[] = [];
  const isPresent = presenceIn(list, items.length);
  const repetitions = new Ranking(items).repetitions();
  for (const [i, item] of items.entries()) {
    const exists = isPresent(item);
    const repeats = !exists && repetitions.has(i);
    if (repeats && !(has(flags, WriteFlag.NO_FAIL) && has(flags, WriteFlag.PARTIAL))) {
      return refuseRepetition(list, flags);
    }
    if (exists && !has(flags, WriteFlag.PARTIAL)) return refuseDuplicate(list, flags);
    if (!exists && !repeats) accepted.push(item);
  }
  return accepted.length > 0 ? place(list, at, accepted) : refuseDuplicate(list, flags);
}

function insertAt(list: List, index: number, items: readonly Value[], flags: number): bigint {
  if (items.length === 0) return sizeOf(list);
  const at = position(list, index);
  if (has(flags, WriteFlag.INSERT_BOUNDED) && at > list.items.length) {
    return refuse(list, flags, ResultCode.OP_NOT_APPLICABLE, `index ${index} is out of bounds`);
  }
  return has(flags, WriteFlag.ADD_UNIQUE)
    ? insertUnique(list, at, items, flags)
    : place(list, at, items);
}

function addSorted(list: List, items: readonly Value[]): bigint {
  if (items.length <= FEW) for (const item of items) insertSorted(list, item);
  else list.items = list.items.concat(items).sort(compareValues);
  return sizeOf(list);
}

function addUniqueSorted(list: List, items: readonly Value[], flags: number): bigint {
  const repetitions = new Ranking(items).repetitions();
  const distinct = items.filter((_, i) => !repetitions.has(i));
  const partial = has(flags, WriteFlag.PARTIAL);
  if (distinct.length < items.length && !(partial && has(flags, WriteFlag.NO_FAIL))) {
    return refuseRepetition(list, flags);
  }
  const isPresent = presenceIn(list, distinct.length);
  const absent = distinct.filter(item => !isPresent(item));
  if (absent.length < distinct.length && !partial) return refuseDuplicate(list, flags);
  return addSorted(list, absent);
}

function add(list: List, items: readonly Value[], flags: number): bigint {
  if (!list.ordered) return insertAt(list, list.items.length, items, flags);
  return has(flags, WriteFlag.ADD_UNIQUE)
    ? addUniqueSorted(list, items, flags)
    : addSorted(list, items);
}

function takeOrder(list: List, args: Arguments, created: boolean): void {
  const attributes = args.flags();
  if (created) list.ordered = listOrderAtCreation(attributes);
}

function refuseOrdered(list: List): void {
  if (list.ordered) throw notApplicable('the position of an element of an ordered list is its own');
}

function replace(list: List, index: number, value: Value, flags: number): void {
  if (index >= list.items.length) {
    insertAt(list, index, [value], flags);
    return;
  }
  const at = position(list, index);
  const isElsewhere = (): boolean =>
    list.items.some((item, i) => i !== at && compareValues(item, value) === 0);
  if (has(flags, WriteFlag.ADD_UNIQUE) && isElsewhere()) refuseDuplicate(list, flags);
  else list.items[at] = value;
}

function replaceSorted(list: List, at: number, value: Value, flags: number): void {
  if (at > list.items.length) throw notApplicable(`index ${at} is out of bounds`);
  if (has(flags, WriteFlag.ADD_UNIQUE) && includes(list.items, value)) {
    const same = list.items.findIndex(item => compareValues(item, value) === 0);
    if (same !== at) refuseDuplicate(list, flags);
    return;
  }
  list.items.splice(at, 1);
  insertSorted(list, value);
}

export const setOrder: ListWrite = (list, args) => {
  const ordered = listOrder(args.flags());
  if (ordered && !list.ordered) list.items.sort(compareValues);
  list.ordered = ordered;
  return undefined;
};

export const append: ListWrite = (list, args, created) => {
  const value = args.storable();
  takeOrder(list, args, created);
  const flags = args.flags();
  // For a single element there is nothing to do in part.
  return add(list, [value], list.ordered ? flags & ~WriteFlag.PARTIAL : flags);
};

export const appendItems: ListWrite = (list, args, created) => {
  const items = args.storableList();
  takeOrder(list, args, created);
  return add(list, items, args.flags());
};

export const insert: ListWrite = (list, args) => {
  refuseOrdered(list);
  return insertAt(list, args.index(), [args.storable()], args.flags());
};

export const insertItems: ListWrite = (list, args) => {
  refuseOrdered(list);
  return insertAt(list, args.index(), args.storableList(), args.flags());
};

export const set: ListWrite = (list, args) => {
  refuseOrdered(list);
  replace(list, args.index(), args.storable(), args.flags());
  return undefined;
};

export const increment: ListWrite = (list, args, created) => {
  const at = position(list, args.index());
  const value = sum(list.items[at], args.valueIfGiven() ?? null);
  takeOrder(list, args, created);
  if (list.ordered) replaceSorted(list, at, value, args.flags());
  else replace(list, at, value, args.flags());
  return value;
};

export const clear: ListWrite = list => {
  list.items = [];
  return undefined;
};

export const sort: ListWrite = (list, args) => {
  const flags = args.flags();
  const descending = has(flags, SortFlag.DESCENDING) && !list.ordered;
  list.items.sort((a, b) => (descending ? compareValues(b, a) : compareValues(a, b)));
  if (has(flags, SortFlag.DROP_DUPLICATES)) {
    list.items = list.items.filter(
      (item, i, all) => i === 0 || compareValues(all[i - 1] as Value, item) !== 0,
    );
  }
  return undefined;
};
