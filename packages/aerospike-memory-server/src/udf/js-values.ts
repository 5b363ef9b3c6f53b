import { types } from 'node:util';
import {
  Bytes,
  compareValues,
  List,
  MapOrder,
  OrderedMap,
  UNTYPED,
  type Entry,
  type Value,
} from '../protocol/msgpack';
import { ParticleType } from '../protocol/particle';
import type { UdfMapKey, UdfValue } from './types';

/**
 * The stored values from which a function's lists, maps and buffers were made. JavaScript has one kind of number and no
 * ordered lists, so where a function has changed nothing, the stored value is kept.
 */
const origins = new WeakMap<object, Value>();

const TEXT: ReadonlySet<number> = new Set([UNTYPED, ParticleType.STRING, ParticleType.GEOJSON]);

/** A value as functions see it. */
export function toJs(value: Value): UdfValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value === null || typeof value !== 'object') return value;
  const object = toObject(value);
  if (typeof object === 'object') origins.set(object, value);
  return object;
}

function toObject(value: Value & object): UdfValue & (object | string) {
  if (value instanceof List) return value.items.map(toJs);
  if (value instanceof OrderedMap) {
    return new Map(value.entries.map(([key, item]) => [toJs(key) as UdfMapKey, toJs(item)]));
  }
  if (!(value instanceof Bytes)) throw new TypeError('wildcards and infinity are no values');
  return TEXT.has(value.type) ? value.data.toString() : Buffer.from(value.data);
}

/** What a function has made of a value, or a new value. `origin` is what was in its place. */
export function fromJs(value: unknown, origin?: Value): Value {
  if (origin !== undefined && isScalar(origin) && Object.is(toJs(origin), value)) return origin;
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'boolean':
      return value;
    case 'bigint':
      return checkInteger(value);
    case 'number':
      return isInteger(value) ? BigInt(value) : value;
    case 'string':
      return new Bytes(ParticleType.STRING, Buffer.from(value));
    case 'object':
      return value === null ? null : fromObject(value, origins.get(value));
    default:
      throw new TypeError(`a ${typeof value} is no value`);
  }
}

function fromObject(value: object, origin: Value | undefined): Value {
  if (Array.isArray(value)) return fromArray(value, origin instanceof List ? origin : undefined);
  if (types.isMap(value)) {
    return fromEntries(value.entries(), origin instanceof OrderedMap ? origin : undefined);
  }
  if (types.isUint8Array(value)) {
    const type = origin instanceof Bytes ? origin.type : ParticleType.BLOB;
    return new Bytes(type, Buffer.from(value));
  }
  if (isPlain(value)) return fromEntries(Object.entries(value), undefined);
  throw new TypeError('an object is a list, a Map, a Buffer or a plain object');
}

function fromArray(array: readonly unknown[], origin: List | undefined): List {
  const items = Array.from(array, (item, i) => fromJs(item, origin?.items[i]));
  return origin?.ordered ? new List(items.sort(compareValues), true) : new List(items);
}

function fromEntries(
  pairs: Iterable<[unknown, unknown]>,
  origin: OrderedMap | undefined,
): OrderedMap {
  const before = new Map(origin?.entries.map(([key, value]) => [toJs(key), value]));
  const entries = Array.from(pairs, ([key, value]): Entry => [
    fromJs(key),
    fromJs(value, before.get(key as UdfMapKey)),
  ]);
  entries.sort(([a], [b]) => compareValues(a, b));
  return new OrderedMap(entries, origin?.order ?? MapOrder.UNORDERED);
}

/** Whatever thread or context an object is from, above a plain one there is at most one prototype. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isScalar(value: Value): boolean {
  return !(value instanceof List) && !(value instanceof OrderedMap);
}

/** Whether the client would send it as an integer. */
function isInteger(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}

function checkInteger(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new RangeError('an integer has 64 bits');
}
