/**
 * A value inside a list or a map, exact in every bit: integers are always bigint, doubles always number, text and
 * blobs keep their bytes. So 1 and 1.0, which Aerospike keeps apart, stay apart here, and what came in goes out.
 */
export type Value = null | boolean | bigint | number | Bytes | List | OrderedMap | Extension;

/** The type of a string without even a type byte; it goes out as it came in. */
export const UNTYPED = -1;

/** Text, a blob or GeoJSON: the first byte on the wire says which particle type it is. */
export class Bytes {
  constructor(
    readonly type: number,
    readonly data: Buffer,
  ) {}
}

export class List {
  constructor(
    public items: Value[],
    /** Kept sorted by value. */
    public ordered = false,
  ) {}
}

export const MapOrder = {
  UNORDERED: 0,
  KEY_ORDERED: 1,
  KEY_VALUE_ORDERED: 3,
  PRESERVED: 8,
} as const;

export type Entry = [key: Value, value: Value];

/**
 * A map. Whatever its order attribute says, a stored one has its entries sorted by key, as the real server keeps
 * them: the attribute only travels with it.
 */
export class OrderedMap {
  constructor(
    public entries: Entry[],
    public order: number = MapOrder.UNORDERED,
  ) {}
}

/** Never stored: the wildcard and infinity, which stand in the arguments of a comparison. */
export class Extension {
  constructor(
    readonly type: number,
    readonly data: Buffer,
  ) {}
}

const COMPARISON_EXTENSION = 0xff;
export const WILDCARD = new Extension(COMPARISON_EXTENSION, Buffer.of(0));
export const INFINITE = new Extension(COMPARISON_EXTENSION, Buffer.of(1));
