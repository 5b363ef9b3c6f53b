import { List, OrderedMap, toStorable, type Value } from '../protocol/msgpack';
import { ParticleType, type Particle } from '../protocol/particle';
import { particleOf, valueOf } from '../protocol/particle-value';
import { CommandError, ResultCode } from '../protocol/result-code';
import { malformed } from './arguments';
import type { Collection } from './collection';
import { follow, type Place } from './context';
import type { Operation } from './operations';
import { readCall, type Call } from './payload';

/** A bin after a modification, and what the operation answers. */
export interface Modified {
  readonly bin: Particle | undefined;
  readonly result: Particle | undefined;
}

const COLLECTIONS: readonly number[] = [ParticleType.LIST, ParticleType.MAP];

function wrongType(): CommandError {
  return new CommandError(ResultCode.BIN_TYPE, 'the operation is for another type of bin');
}

/** The list or map in a bin, in the form in which the real server keeps it. */
function collectionIn(bin: Particle, { context }: Call): Value {
  if (COLLECTIONS.includes(bin.type)) return toStorable(valueOf(bin));
  throw context.length > 0 ? malformed('a context needs a list or a map') : wrongType();
}

function expect(value: Value, { kind }: Operation): Collection {
  if (!(value instanceof kind)) throw wrongType();
  return value;
}

/** A read of a list or map; the answer is undefined when there is nothing: no bin, no such key, a nil. */
export function readCollection(bin: Particle | undefined, payload: Buffer): Particle | undefined {
  const call = readCall(payload);
  const { operation, args, context } = call;
  if (operation.modifies) throw malformed('a read cannot modify');
  if (!bin) return undefined;
  const root: Place = { value: collectionIn(bin, call), put: () => undefined };
  const place = follow(root, context, false);
  const result = operation.apply(expect(place.value as Value, operation), args, false);
  args.end();
  return particleOf(result);
}

function absentCollection({ kind, absent }: Operation): Collection | undefined {
  if (absent instanceof CommandError) throw absent;
  if (absent === 'ignore') return undefined;
  return kind === List ? new List([]) : new OrderedMap([]);
}

/** A modification of a list or map, which creates the bin where the operation does so. */
export function modifyCollection(bin: Particle | undefined, payload: Buffer): Modified {
  const call = readCall(payload);
  const { operation, args, context } = call;
  if (!operation.modifies) throw malformed('a modification cannot be a read');
  let root = bin && collectionIn(bin, call);
  const top: Place = {
    value: root,
    put: value => {
      root = value;
    },
  };
  const place = follow(top, context, true);
  const created = place.value === undefined;
  const collection = created ? absentCollection(operation) : expect(place.value, operation);
  if (!collection) return { bin, result: undefined };
  const result = operation.apply(collection, args, created);
  args.end();
  place.put(collection);
  return { bin: particleOf(root), result: particleOf(result) };
}
