import { List, OrderedMap, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode } from '../protocol/result-code';
import { malformed } from './arguments';
import type { Collection } from './collection';
import { follow, type Place } from './context';
import type { CdtOperation } from './operation-table';
import type { Call } from './payload';

export interface Executed {
  /** What is in the bin afterwards. */
  readonly root: Value | undefined;
  /** What the operation answers; undefined when there is nothing: no such key, a nil. */
  readonly result: Value | undefined;
}

function wrongType(): CommandError {
  return new CommandError(ResultCode.BIN_TYPE, 'the operation is for another type of bin');
}

function isCollection(value: Value): value is Collection {
  return value instanceof List || value instanceof OrderedMap;
}

function rootOf(value: Value, { context }: Call): Value {
  if (isCollection(value)) return value;
  throw context.length > 0 ? malformed('a context needs a list or a map') : wrongType();
}

function expect(value: Value, { kind }: CdtOperation): Collection {
  if (!(value instanceof kind)) throw wrongType();
  return value;
}

function absentCollection({ kind, absent }: CdtOperation): Collection | undefined {
  if (absent instanceof CommandError) throw absent;
  if (absent === 'ignore') return undefined;
  return kind === List ? new List([]) : new OrderedMap([]);
}

/** A read of a list or map, in the form in which it is stored. */
export function executeRead(bin: Value, call: Call): Value | undefined {
  const { operation, args, context } = call;
  if (operation.modifies) throw malformed('a read cannot modify');
  const root: Place = { value: rootOf(bin, call), put: () => undefined };
  const place = follow(root, context, false);
  const result = operation.apply(expect(place.value as Value, operation), args, false);
  args.end();
  return result;
}

/**
 * A modification of a list or map, in the form in which it is stored; creates it where the operation does so. It is
 * changed in place, so after an error it is of no use.
 */
export function executeModify(bin: Value | undefined, call: Call): Executed {
  const { operation, args, context } = call;
  if (!operation.modifies) throw malformed('a modification cannot be a read');
  let root = bin === undefined ? undefined : rootOf(bin, call);
  const top: Place = {
    value: root,
    put: value => {
      root = value;
    },
  };
  const place = follow(top, context, true);
  const created = place.value === undefined;
  const collection =
    place.value === undefined ? absentCollection(operation) : expect(place.value, operation);
  if (!collection) return { root: bin, result: undefined };
  const result = operation.apply(collection, args, created);
  args.end();
  place.put(collection);
  return { root, result };
}
