import { ParticleType } from '../particle';
import { Bytes, Extension, INFINITE, List, OrderedMap, type Value, WILDCARD } from './value';

const TypeOrder = {
  NIL: 0,
  FALSE: 1,
  TRUE: 2,
  INTEGER: 3,
  STRING: 4,
  LIST: 5,
  MAP: 6,
  BLOB: 7,
  DOUBLE: 8,
  GEOJSON: 9,
  EXTENSION: 10,
  WILDCARD: 11,
  INFINITE: 12,
} as const;

const BYTES_ORDER: Readonly<Record<number, number>> = {
  [ParticleType.STRING]: TypeOrder.STRING,
  [ParticleType.GEOJSON]: TypeOrder.GEOJSON,
};

function isComparison(value: Extension, mark: Extension): boolean {
  return value.type === mark.type && value.data.equals(mark.data);
}

function typeOrder(value: Value): number {
  if (value === null) return TypeOrder.NIL;
  if (typeof value === 'boolean') return value ? TypeOrder.TRUE : TypeOrder.FALSE;
  if (typeof value === 'bigint') return TypeOrder.INTEGER;
  if (typeof value === 'number') return TypeOrder.DOUBLE;
  if (value instanceof Bytes) return BYTES_ORDER[value.type] ?? TypeOrder.BLOB;
  if (value instanceof List) return TypeOrder.LIST;
  if (value instanceof OrderedMap) return TypeOrder.MAP;
  if (isComparison(value, WILDCARD)) return TypeOrder.WILDCARD;
  return isComparison(value, INFINITE) ? TypeOrder.INFINITE : TypeOrder.EXTENSION;
}

const ignore = (): void => undefined;

type Order = number | 'wildcard';

/** Told of every value that a comparison comes across. */
type Observer = (value: Value) => void;

function orderOfItems(a: readonly Value[], b: readonly Value[], seen: Observer): Order {
  for (const [i, item] of a.slice(0, b.length).entries()) {
    const order = orderOf(item, b[i] as Value, seen);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function orderOfMaps(a: OrderedMap, b: OrderedMap, seen: Observer): Order {
  const sizes = a.entries.length - b.entries.length;
  return sizes !== 0 ? sizes : orderOfItems(a.entries.flat(), b.entries.flat(), seen);
}

function orderOf(a: Value, b: Value, seen: Observer): Order {
  seen(a);
  seen(b);
  const [typeA, typeB] = [typeOrder(a), typeOrder(b)];
  if (typeA === TypeOrder.WILDCARD || typeB === TypeOrder.WILDCARD) return 'wildcard';
  if (typeA !== typeB) return typeA - typeB;
  if (typeof a === 'bigint' || typeof a === 'number') {
    return a < (b as bigint | number) ? -1 : Number(a > (b as bigint | number));
  }
  if (a instanceof Bytes || a instanceof Extension) {
    return Buffer.compare(a.data, (b as Bytes | Extension).data);
  }
  if (a instanceof List) return orderOfItems(a.items, (b as List).items, seen);
  return a instanceof OrderedMap ? orderOfMaps(a, b as OrderedMap, seen) : 0;
}

/**
 * Aerospike's order: first by type, then by value; below 0 when `a` is the smaller. A wildcard, wherever it stands,
 * ends the comparison: [1, *] equals every list that begins with 1.
 */
export function compareValues(a: Value, b: Value, seen: Observer = ignore): number {
  // Nearly all that is compared in large lists, and the way below takes many times longer.
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : Number(a > b);
  if (a instanceof Bytes && b instanceof Bytes && a.type === b.type) {
    return Buffer.compare(a.data, b.data);
  }
  const order = orderOf(a, b, seen);
  return order === 'wildcard' ? 0 : order;
}
