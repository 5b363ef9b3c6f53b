import { List, OrderedMap, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Arguments } from './arguments';
import { removeAt, sizeOf, type Collection } from './collection';
import * as lists from './list-writes';
import * as maps from './map-writes';
import { ListOp, MapOp } from './opcodes';
import { answer, INVERTED, ReturnType } from './return-type';
import * as selections from './selection';

/** What a modification does where there is no list or map yet. */
export type Absent = 'create' | 'ignore' | CommandError;

export interface CdtOperation {
  readonly kind: typeof List | typeof OrderedMap;
  readonly modifies: boolean;
  readonly absent: Absent;
  apply(collection: Collection, args: Arguments, created: boolean): Value | undefined;
}

type Kind = CdtOperation['kind'];

/** Whether an operation is about one element, and answers with a value, or about any number, and answers with a list. */
type Extent = 'one' | 'many';
type Effect = 'get' | 'remove';

/** A way to select elements, and the opcodes of those who get or remove what it selects. */
interface SelectionRow {
  readonly select: selections.Select;
  readonly extent: Extent;
  readonly list?: Readonly<Record<Effect, number>>;
  readonly map: Readonly<Record<Effect, number>>;
}

const SELECTIONS: readonly SelectionRow[] = [
  {
    select: selections.byIndex,
    extent: 'one',
    list: { get: ListOp.GET_BY_INDEX, remove: ListOp.REMOVE_BY_INDEX },
    map: { get: MapOp.GET_BY_INDEX, remove: MapOp.REMOVE_BY_INDEX },
  },
  {
    select: selections.byIndex,
    extent: 'many',
    list: { get: ListOp.GET_BY_INDEX_RANGE, remove: ListOp.REMOVE_BY_INDEX_RANGE },
    map: { get: MapOp.GET_BY_INDEX_RANGE, remove: MapOp.REMOVE_BY_INDEX_RANGE },
  },
  {
    select: selections.byRank,
    extent: 'one',
    list: { get: ListOp.GET_BY_RANK, remove: ListOp.REMOVE_BY_RANK },
    map: { get: MapOp.GET_BY_RANK, remove: MapOp.REMOVE_BY_RANK },
  },
  {
    select: selections.byRank,
    extent: 'many',
    list: { get: ListOp.GET_BY_RANK_RANGE, remove: ListOp.REMOVE_BY_RANK_RANGE },
    map: { get: MapOp.GET_BY_RANK_RANGE, remove: MapOp.REMOVE_BY_RANK_RANGE },
  },
  {
    select: selections.byValue,
    extent: 'one',
    list: { get: ListOp.GET_BY_VALUE, remove: ListOp.REMOVE_BY_VALUE },
    map: { get: MapOp.GET_BY_VALUE, remove: MapOp.REMOVE_BY_VALUE },
  },
  {
    select: selections.byValue,
    extent: 'many',
    list: { get: ListOp.GET_ALL_BY_VALUE, remove: ListOp.REMOVE_ALL_BY_VALUE },
    map: { get: MapOp.GET_ALL_BY_VALUE, remove: MapOp.REMOVE_ALL_BY_VALUE },
  },
  {
    select: selections.byValueList,
    extent: 'many',
    list: { get: ListOp.GET_BY_VALUE_LIST, remove: ListOp.REMOVE_BY_VALUE_LIST },
    map: { get: MapOp.GET_BY_VALUE_LIST, remove: MapOp.REMOVE_BY_VALUE_LIST },
  },
  {
    select: selections.byValueInterval,
    extent: 'many',
    list: { get: ListOp.GET_BY_VALUE_INTERVAL, remove: ListOp.REMOVE_BY_VALUE_INTERVAL },
    map: { get: MapOp.GET_BY_VALUE_INTERVAL, remove: MapOp.REMOVE_BY_VALUE_INTERVAL },
  },
  {
    select: selections.byRankRelativeToValue,
    extent: 'many',
    list: {
      get: ListOp.GET_BY_VALUE_RELATIVE_RANK_RANGE,
      remove: ListOp.REMOVE_BY_VALUE_RELATIVE_RANK_RANGE,
    },
    map: {
      get: MapOp.GET_BY_VALUE_RELATIVE_RANK_RANGE,
      remove: MapOp.REMOVE_BY_VALUE_RELATIVE_RANK_RANGE,
    },
  },
  {
    select: selections.byKey,
    extent: 'one',
    map: { get: MapOp.GET_BY_KEY, remove: MapOp.REMOVE_BY_KEY },
  },
  {
    select: selections.byKeyList,
    extent: 'many',
    map: { get: MapOp.GET_BY_KEY_LIST, remove: MapOp.REMOVE_BY_KEY_LIST },
  },
  {
    select: selections.byKeyInterval,
    extent: 'many',
    map: { get: MapOp.GET_BY_KEY_INTERVAL, remove: MapOp.REMOVE_BY_KEY_INTERVAL },
  },
  {
    select: selections.byIndexRelativeToKey,
    extent: 'many',
    map: {
      get: MapOp.GET_BY_KEY_RELATIVE_INDEX_RANGE,
      remove: MapOp.REMOVE_BY_KEY_RELATIVE_INDEX_RANGE,
    },
  },
];

interface Choice {
  readonly select: selections.Select;
  readonly extent: Extent;
  readonly effect: Effect;
  /** Of an operation whose answer is always the same; the others name it in their first argument. */
  readonly returnType?: number;
}

const RETURN_TYPE_MASK = 0xffff;

function checkInversion(returnType: number, single: boolean): void {
  if (single) {
    throw new CommandError(ResultCode.OP_NOT_APPLICABLE, 'one element cannot be inverted');
  }
  // The real server's answer depends on how the selection was made: too odd to rely on.
  if (returnType === ReturnType.EXISTS) throw unsupported('whether an inverted selection exists');
}

const choosing =
  ({ select, extent, effect, returnType }: Choice) =>
  (collection: Collection, args: Arguments): Value | undefined => {
    const single = extent === 'one';
    const wanted = returnType ?? args.flags();
    const answered = wanted & RETURN_TYPE_MASK;
    const inverted = (wanted & INVERTED) !== 0;
    if (inverted) checkInversion(answered, single);
    const chosen = select(collection, args, single);
    const selection = inverted ? selections.invert(chosen, sizeOf(collection)) : chosen;
    const result = answer(answered, { collection, selection, single });
    if (effect === 'remove') removeAt(collection, selection.indices);
    return result;
  };

function choice(kind: Kind, chosen: Choice): CdtOperation {
  return { kind, modifies: chosen.effect === 'remove', absent: 'ignore', apply: choosing(chosen) };
}

function* selectionOperations(): Generator<[number, CdtOperation]> {
  for (const { select, extent, list, map } of SELECTIONS) {
    for (const effect of ['get', 'remove'] as const) {
      if (list) yield [list[effect], choice(List, { select, extent, effect })];
      yield [map[effect], choice(OrderedMap, { select, extent, effect })];
    }
  }
}

/** An older list operation: a selection by index whose answer is fixed. */
function byIndex(extent: Extent, effect: Effect, returnType: number): CdtOperation {
  return choice(List, { select: selections.byIndex, extent, effect, returnType });
}

const size = (kind: Kind): CdtOperation => ({
  kind,
  modifies: false,
  absent: 'ignore',
  apply: collection => BigInt(sizeOf(collection)),
});

function listWrite(write: lists.ListWrite, absent: Absent = 'create'): CdtOperation {
  return {
    kind: List,
    modifies: true,
    absent,
    apply: (list, args, created) => write(list as List, args, created),
  };
}

function mapWrite(write: maps.MapWrite, absent: Absent = 'create'): CdtOperation {
  return {
    kind: OrderedMap,
    modifies: true,
    absent,
    apply: (map, args, created) => write(map as OrderedMap, args, created),
  };
}

const NOTHING_TO_SORT = new CommandError(ResultCode.BIN_TYPE, 'there is no list to sort');
const NOTHING_TO_REPLACE = new CommandError(ResultCode.ELEMENT_NOT_FOUND, 'there is no map');

/**
 * Every list and map operation by its opcode: a new one is a line here, and a function in `list-writes.ts` or
 * `map-writes.ts`. One that gets or removes what it selects is a line of {@link SELECTIONS}.
 */
export const CDT_OPERATIONS: ReadonlyMap<number, CdtOperation> = new Map<number, CdtOperation>([
  ...selectionOperations(),
  [ListOp.SET_TYPE, listWrite(lists.setOrder)],
  [ListOp.APPEND, listWrite(lists.append)],
  [ListOp.APPEND_ITEMS, listWrite(lists.appendItems)],
  [ListOp.INSERT, listWrite(lists.insert)],
  [ListOp.INSERT_ITEMS, listWrite(lists.insertItems)],
  [ListOp.POP, byIndex('one', 'remove', ReturnType.VALUE)],
  [ListOp.POP_RANGE, byIndex('many', 'remove', ReturnType.VALUE)],
  [ListOp.REMOVE, byIndex('one', 'remove', ReturnType.COUNT)],
  [ListOp.REMOVE_RANGE, byIndex('many', 'remove', ReturnType.COUNT)],
  [ListOp.SET, listWrite(lists.set)],
  [ListOp.TRIM, byIndex('many', 'remove', ReturnType.COUNT | INVERTED)],
  [ListOp.CLEAR, listWrite(lists.clear, 'ignore')],
  [ListOp.INCREMENT, listWrite(lists.increment)],
  [ListOp.SORT, listWrite(lists.sort, NOTHING_TO_SORT)],
  [ListOp.SIZE, size(List)],
  [ListOp.GET, byIndex('one', 'get', ReturnType.VALUE)],
  [ListOp.GET_RANGE, byIndex('many', 'get', ReturnType.VALUE)],
  [MapOp.SET_TYPE, mapWrite(maps.setType)],
  [MapOp.ADD, mapWrite(maps.add)],
  [MapOp.ADD_ITEMS, mapWrite(maps.addItems)],
  [MapOp.PUT, mapWrite(maps.put)],
  [MapOp.PUT_ITEMS, mapWrite(maps.putItems)],
  [MapOp.REPLACE, mapWrite(maps.replace)],
  [MapOp.REPLACE_ITEMS, mapWrite(maps.replaceItems, NOTHING_TO_REPLACE)],
  [MapOp.INCREMENT, mapWrite(maps.increment)],
  [MapOp.DECREMENT, mapWrite(maps.decrement)],
  [MapOp.CLEAR, mapWrite(maps.clear, 'ignore')],
  [MapOp.SIZE, size(OrderedMap)],
]);
