import { ParticleType } from '../particle';
import { CommandError, ResultCode } from '../result-code';
import { compareValues } from './compare';
import { Bytes, type Entry, Extension, List, MapOrder, OrderedMap, type Value } from './value';

const KEY_BYTES: readonly number[] = [ParticleType.STRING, ParticleType.BLOB];

function malformed(what: string): CommandError {
  return new CommandError(ResultCode.PARAMETER, what);
}

export function toMapKey(key: Value): Value {
  if (typeof key === 'bigint' || (key instanceof Bytes && KEY_BYTES.includes(key.type))) return key;
  throw malformed('a map key is an integer, a string or a blob');
}

/** Sorts the entries of an unordered map; one that claims to be ordered and is not is refused, as the server does. */
function storableMap(map: OrderedMap): OrderedMap {
  const entries = map.entries.map(([key, value]): Entry => [toMapKey(key), toStorable(value)]);
  const order = map.order & MapOrder.KEY_VALUE_ORDERED;
  const sorted = entries.toSorted((a, b) => compareValues(a[0], b[0]));
  if (order !== MapOrder.UNORDERED && sorted.some((entry, i) => entry !== entries[i])) {
    throw malformed('an ordered map is not in order');
  }
  const keys = sorted.map(([key]) => key);
  if (keys.some((key, i) => i > 0 && compareValues(keys[i - 1] as Value, key) === 0)) {
    throw malformed('a map has a key twice');
  }
  return new OrderedMap(sorted, order);
}

function storableList(list: List): List {
  const items = list.items.map(toStorable);
  if (
    list.ordered &&
    items.some((item, i) => i > 0 && compareValues(items[i - 1] as Value, item) > 0)
  ) {
    throw malformed('an ordered list is not in order');
  }
  return new List(items, list.ordered);
}

/** What the server makes of a value before it stores it; throws what cannot be stored. */
export function toStorable(value: Value): Value {
  if (value instanceof Extension)
    throw malformed('a wildcard, infinity or extension cannot be stored');
  if (value instanceof OrderedMap) return storableMap(value);
  return value instanceof List ? storableList(value) : value;
}
