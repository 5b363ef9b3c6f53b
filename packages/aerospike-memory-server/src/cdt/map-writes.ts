import { compareValues, type Entry, type OrderedMap, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode } from '../protocol/result-code';
import type { Arguments } from './arguments';
import { negated, sum } from './numeric';
import { mapOrder, mapOrderAtCreation } from './order-attributes';
import { countBefore } from './ranking';

/** Changes a map in place. Order attributes of the write count only for a map that it has `created`. */
export type MapWrite = (map: OrderedMap, args: Arguments, created: boolean) => Value | undefined;

const WriteFlag = { CREATE_ONLY: 0x01, UPDATE_ONLY: 0x02, NO_FAIL: 0x04, PARTIAL: 0x08 } as const;

function has(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

function sizeOf(map: OrderedMap): bigint {
  return BigInt(map.entries.length);
}

/** Where a key stands, or would have to stand. */
function indexOf({ entries }: OrderedMap, key: Value): number {
  return countBefore(entries, ([other]) => compareValues(other, key) < 0);
}

function find(map: OrderedMap, key: Value): Entry | undefined {
  const entry = map.entries[indexOf(map, key)];
  return entry && compareValues(entry[0], key) === 0 ? entry : undefined;
}

/** Keeps the entries sorted by key. */
export function putEntry(map: OrderedMap, entry: Entry): void {
  const at = indexOf(map, entry[0]);
  const other = map.entries[at];
  if (other && compareValues(other[0], entry[0]) === 0) map.entries[at] = entry;
  else map.entries.splice(at, 0, entry);
}

function refusal(map: OrderedMap, [key]: Entry, flags: number): CommandError | undefined {
  const exists = find(map, key) !== undefined;
  if (exists && has(flags, WriteFlag.CREATE_ONLY)) {
    return new CommandError(ResultCode.ELEMENT_EXISTS, 'the map has the key');
  }
  if (!exists && has(flags, WriteFlag.UPDATE_ONLY)) {
    return new CommandError(ResultCode.ELEMENT_NOT_FOUND, 'the map does not have the key');
  }
  return undefined;
}

/** All entries or, when one may not be written, none of them; with PARTIAL those that may. */
function putEntries(map: OrderedMap, entries: readonly Entry[], flags: number): bigint {
  const accepted: Entry[] = [];
  for (const entry of entries) {
    const refused = refusal(map, entry, flags);
    if (refused && !has(flags, WriteFlag.NO_FAIL)) throw refused;
    if (refused && !has(flags, WriteFlag.PARTIAL)) return sizeOf(map);
    if (!refused) accepted.push(entry);
  }
  for (const entry of accepted) putEntry(map, entry);
  return sizeOf(map);
}

function readEntry(args: Arguments): Entry {
  return [args.mapKey(), args.storable()];
}

function takeOrder(map: OrderedMap, args: Arguments, created: boolean): void {
  const attributes = args.flags();
  if (created) map.order = mapOrderAtCreation(attributes);
}

export const setType: MapWrite = (map, args) => {
  map.order = mapOrder(args.flags());
  return undefined;
};

export const put: MapWrite = (map, args, created) => {
  const entry = readEntry(args);
  takeOrder(map, args, created);
  return putEntries(map, [entry], args.flags());
};

export const putItems: MapWrite = (map, args, created) => {
  const { entries } = args.storableMap();
  takeOrder(map, args, created);
  const flags = args.flags();
  // An empty map takes all items when refused ones would be skipped, as in the real server.
  const all =
    map.entries.length === 0 && has(flags, WriteFlag.NO_FAIL) && has(flags, WriteFlag.PARTIAL);
  return putEntries(map, entries, all ? 0 : flags);
};

/** Operations that are older than the write flags. What they may do follows from which operation it is. */
export const add: MapWrite = (map, args, created) => {
  const entry = readEntry(args);
  takeOrder(map, args, created);
  return putEntries(map, [entry], WriteFlag.CREATE_ONLY);
};

export const addItems: MapWrite = (map, args, created) => {
  const { entries } = args.storableMap();
  takeOrder(map, args, created);
  return putEntries(map, entries, WriteFlag.CREATE_ONLY);
};

export const replace: MapWrite = (map, args) =>
  putEntries(map, [readEntry(args)], WriteFlag.UPDATE_ONLY);

export const replaceItems: MapWrite = (map, args) =>
  putEntries(map, args.storableMap().entries, WriteFlag.UPDATE_ONLY);

const addTo =
  (signed: (delta: Value) => Value): MapWrite =>
  (map, args, created) => {
    const key = args.mapKey();
    const value = sum(find(map, key)?.[1], signed(args.valueIfGiven() ?? null));
    takeOrder(map, args, created);
    putEntry(map, [key, value]);
    return value;
  };

export const increment = addTo(delta => delta);
export const decrement = addTo(negated);

export const clear: MapWrite = map => {
  map.entries = [];
  return undefined;
};
