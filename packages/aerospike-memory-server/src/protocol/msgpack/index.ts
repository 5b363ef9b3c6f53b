/**
 * Aerospike's dialect of msgpack. Differences from the standard: text and blobs are both msgpack strings whose first
 * byte is the particle type; an ordered list begins with an empty extension whose type is the order, an ordered map
 * with such an extension as key and nil as value.
 */
export { decode } from './decode';
export { encode } from './encode';
export { compareValues } from './compare';
export { toMapKey, toStorable } from './storable';
export * from './value';
