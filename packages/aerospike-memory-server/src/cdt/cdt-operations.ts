import { List, OrderedMap, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Arguments } from './arguments';
import { removeAt, sizeOf, type Collection } from './collection';
import * as lists from './list-writes';
import * as maps from './map-writes';
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

/** A selection's opcodes: read from a list, remove from a list, read from a map, remove from a map. */
interface SelectionRow {
  readonly select: selections.Select;
  readonly single?: true;
  readonly list?: readonly [get: number, remove: number];
  readonly map: readonly [get: number, remove: number];
}

const SELECTIONS: readonly SelectionRow[] = [
  { select: selections.byIndex, single: true, list: [19, 32], map: [98, 77] },
  { select: selections.byIndex, list: [24, 37], map: [104, 85] },
  { select: selections.byRank, single: true, list: [21, 34], map: [100, 79] },
  { select: selections.byRank, list: [26, 39], map: [106, 87] },
  { select: selections.byValue, single: true, list: [20, 33], map: [99, 78] },
  { select: selections.byValue, list: [22, 35], map: [102, 82] },
  { select: selections.byValueList, list: [23, 36], map: [108, 83] },
  { select: selections.byValueInterval, list: [25, 38], map: [105, 86] },
  { select: selections.byRankRelativeToValue, list: [27, 40], map: [110, 89] },
  { select: selections.byKey, single: true, map: [97, 76] },
  { select: selections.byKeyList, map: [107, 81] },
  { select: selections.byKeyInterval, map: [103, 84] },
  { select: selections.byIndexRelativeToKey, map: [109, 88] },
];

interface Choice {
  readonly select: selections.Select;
  readonly single: boolean;
  readonly removes: boolean;
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
  ({ select, single, removes, returnType }: Choice) =>
  (collection: Collection, args: Arguments): Value | undefined => {
    const wanted = returnType ?? args.flags();
    const answered = wanted & RETURN_TYPE_MASK;
    const inverted = (wanted & INVERTED) !== 0;
    if (inverted) checkInversion(answered, single);
    const chosen = select(collection, args, single);
    const selection = inverted ? selections.invert(chosen, sizeOf(collection)) : chosen;
    const result = answer(answered, { collection, selection, single });
    if (removes) removeAt(collection, selection.indices);
    return result;
  };

function choice(kind: Kind, chosen: Choice): CdtOperation {
  return { kind, modifies: chosen.removes, absent: 'ignore', apply: choosing(chosen) };
}

function* selectionOperations(): Generator<[number, CdtOperation]> {
  for (const { select, single = false, list, map } of SELECTIONS) {
    for (const [kind, opcodes] of [
      [List, list],
      [OrderedMap, map],
    ] as const) {
      for (const [i, opcode] of (opcodes ?? []).entries()) {
        yield [opcode, choice(kind, { select, single, removes: i === 1 })];
      }
    }
  }
}

/** Older list operations: a selection by index whose answer is fixed. */
function fixed(single: boolean, removes: boolean, returnType: number): CdtOperation {
  return choice(List, { select: selections.byIndex, single, removes, returnType });
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

/** Every list and map operation by its opcode. */
export const CDT_OPERATIONS: ReadonlyMap<number, CdtOperation> = new Map<number, CdtOperation>([
  ...selectionOperations(),
  [0, listWrite(lists.setOrder)],
  [1, listWrite(lists.append)],
  [2, listWrite(lists.appendItems)],
  [3, listWrite(lists.insert)],
  [4, listWrite(lists.insertItems)],
  [5, fixed(true, true, ReturnType.VALUE)],
  [6, fixed(false, true, ReturnType.VALUE)],
  [7, fixed(true, true, ReturnType.COUNT)],
  [8, fixed(false, true, ReturnType.COUNT)],
  [9, listWrite(lists.set)],
  [10, fixed(false, true, ReturnType.COUNT | INVERTED)],
  [11, listWrite(lists.clear, 'ignore')],
  [12, listWrite(lists.increment)],
  [13, listWrite(lists.sort, NOTHING_TO_SORT)],
  [16, size(List)],
  [17, fixed(true, false, ReturnType.VALUE)],
  [18, fixed(false, false, ReturnType.VALUE)],
  [64, mapWrite(maps.setType)],
  [65, mapWrite(maps.add)],
  [66, mapWrite(maps.addItems)],
  [67, mapWrite(maps.put)],
  [68, mapWrite(maps.putItems)],
  [69, mapWrite(maps.replace)],
  [70, mapWrite(maps.replaceItems, NOTHING_TO_REPLACE)],
  [73, mapWrite(maps.increment)],
  [74, mapWrite(maps.decrement)],
  [75, mapWrite(maps.clear, 'ignore')],
  [96, size(OrderedMap)],
]);
