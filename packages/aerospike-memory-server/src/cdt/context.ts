import {
  compareValues,
  List,
  MapOrder,
  OrderedMap,
  toMapKey,
  type Value,
} from '../protocol/msgpack';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import { malformed } from './arguments';
import { paddingTo, rankingOf, sizeOf, valuesOf, type Collection } from './collection';
import { putEntry } from './map-writes';

/** Where an operation takes place. */
export interface Place {
  /** What is there; undefined when the steps allow that it is created. */
  readonly value: Value | undefined;
  put(value: Value): void;
}

const Lookup = { INDEX: 0, RANK: 1, KEY: 2, VALUE: 3 } as const;
const LOOKUP_MASK = 0x0f;
const ON_LIST = 0x10;
const ON_MAP = 0x20;
const KIND_MASK = ON_LIST | ON_MAP;
const CREATE_MASK = 0xc0;
const Create = { UNORDERED: 0x40, LIST_PADDED: 0x80, LIST_ORDERED: 0xc0 } as const;
const CREATED_MAP_ORDER: Readonly<Record<number, number>> = {
  0x80: MapOrder.KEY_ORDERED,
  0xc0: MapOrder.KEY_VALUE_ORDERED,
};
const KNOWN_BITS = LOOKUP_MASK | KIND_MASK | CREATE_MASK;

interface Step {
  readonly lookup: number;
  readonly kind: number;
  readonly create: number;
  readonly at: Value;
}

function nowhere(what: string): CommandError {
  return new CommandError(ResultCode.OP_NOT_APPLICABLE, what);
}

function readStep(type: Value | undefined, at: Value): Step {
  if (typeof type !== 'bigint') throw malformed('a context step begins with its type');
  const bits = Number(type);
  const lookup = bits & LOOKUP_MASK;
  if ((bits & ~KNOWN_BITS) !== 0 || lookup > Lookup.VALUE) {
    throw unsupported(`context type ${bits}`);
  }
  const kind = bits & KIND_MASK;
  const create = bits & CREATE_MASK;
  if (create !== 0 && kind === 0) throw nowhere('what is created must be a list or a map');
  return { lookup, kind, create, at };
}

function readSteps(context: readonly Value[]): Step[] {
  return context.flatMap((type, i) =>
    i % 2 === 0 ? [readStep(type, context[i + 1] as Value)] : [],
  );
}

function positionOf({ at }: Step): number {
  if (typeof at !== 'bigint') throw malformed('an index or a rank is an integer');
  return Number(at);
}

function lookUp(collection: Collection, step: Step): number {
  const size = sizeOf(collection);
  if (step.lookup === Lookup.KEY) {
    if (collection instanceof List) throw nowhere('a list has no keys');
    return collection.entries.findIndex(([key]) => compareValues(key, step.at) === 0);
  }
  if (step.lookup === Lookup.VALUE) {
    return valuesOf(collection).findIndex(value => compareValues(value, step.at) === 0);
  }
  const position = positionOf(step);
  const from = position < 0 ? position + size : position;
  if (from < 0 || from >= size) return -1;
  return step.lookup === Lookup.INDEX ? from : (rankingOf(collection).indices[from] ?? -1);
}

function replaceAt(collection: Collection, index: number, value: Value): void {
  if (collection instanceof List) {
    collection.items[index] = value;
    return;
  }
  const entry = collection.entries[index];
  if (entry) entry[1] = value;
}

/** The nils between the end of a list and the element to create. */
function paddingFor(list: List, step: Step, index: number): null[] {
  const size = list.items.length;
  if (index === size || list.ordered || (index === -1 && size === 0)) return [];
  if (step.create === Create.LIST_PADDED && index > size) return paddingTo(list, index);
  throw nowhere(`index ${index} is out of range`);
}

function creator(collection: Collection, step: Step): (value: Value) => void {
  if (collection instanceof OrderedMap && step.lookup === Lookup.KEY) {
    const key = toMapKey(step.at);
    return value => {
      putEntry(collection, [key, value]);
    };
  }
  if (!(collection instanceof List) || step.lookup !== Lookup.INDEX) {
    throw nowhere('only a key or an index can be created');
  }
  const nils = paddingFor(collection, step, positionOf(step));
  return value => {
    collection.items = collection.items.concat(nils, value);
  };
}

/** The list or map that a step needs where there is none. */
function createdFor({ kind, create, lookup }: Step): Collection {
  if (kind === ON_MAP && lookup === Lookup.KEY) {
    return new OrderedMap([], CREATED_MAP_ORDER[create] ?? MapOrder.UNORDERED);
  }
  if (kind === ON_LIST && lookup === Lookup.INDEX) {
    return new List([], create === Create.LIST_ORDERED);
  }
  throw nowhere('only a key or an index can be created');
}

/** A change inside an element of an ordered list may give the element another place. */
function settle(collection: Collection): void {
  if (collection instanceof List && collection.ordered) collection.items.sort(compareValues);
}

function collectionAt(place: Place, step: Step): Collection {
  const value = place.value === undefined ? createdFor(step) : place.value;
  if (!(value instanceof List) && !(value instanceof OrderedMap)) {
    throw nowhere('a context leads through lists and maps only');
  }
  const kind = value instanceof List ? ON_LIST : ON_MAP;
  if (step.kind !== 0 && step.kind !== kind) throw nowhere('a context step is for another kind');
  return value;
}

function descend(place: Place, step: Step, mayCreate: boolean): Place {
  const collection = collectionAt(place, step);
  const index = lookUp(collection, step);
  if (index < 0 && !mayCreate) throw nowhere('a context leads nowhere');
  const write =
    index < 0
      ? creator(collection, step)
      : (value: Value): void => {
          replaceAt(collection, index, value);
        };
  return {
    value: index < 0 ? undefined : valuesOf(collection)[index],
    put: value => {
      write(value);
      settle(collection);
      place.put(collection);
    },
  };
}

/** Follows a context from a bin's value; `creates` says that missing parts may be created where a step allows it. */
export function follow(root: Place, context: readonly Value[], creates: boolean): Place {
  let place = root;
  for (const step of readSteps(context)) {
    // Once something is to be created, all that follows is, whatever the later steps say.
    const creating = place.value === undefined && place !== root;
    if (place === root && root.value === undefined && step.create === 0) {
      throw nowhere('there is no bin, and the context does not create one');
    }
    place = descend(place, step, creates && (creating || step.create !== 0));
  }
  return place;
}
