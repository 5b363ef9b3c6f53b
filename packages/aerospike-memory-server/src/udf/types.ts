/** What can be the key of an entry in a map. */
export type UdfMapKey = number | bigint | string | Buffer;

/**
 * A value in a bin, an argument or a result.
 *
 * Integers are numbers, and bigints where a number would not be exact; a number without a fraction is stored as an
 * integer, as the client does it. Strings are strings, blobs Buffers, lists arrays. Maps come as `Map`; plain objects
 * are taken for maps too. GeoJSON comes as its text. What a function leaves where it was is stored as it was: a double
 * without a fraction, GeoJSON, the order of a list or a map.
 */
export type UdfValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Buffer
  | UdfValue[]
  | Map<UdfMapKey, UdfValue>
  | { [key: string]: UdfValue };

/** The record that a UDF is applied to, with the names that records of the client have. */
export interface UdfRecord {
  /** What it is stored under. */
  readonly key: {
    readonly ns: string;
    readonly set: string;
    /** The user's key, when it is stored with the record. */
    readonly key: UdfValue;
    readonly digest: Buffer;
  };
  /** Whether there is such a record; `save()` and `remove()` change it. */
  readonly exists: boolean;
  /** The generation before the function was called; 0 when there was no record. */
  readonly gen: number;
  /**
   * Seconds to live; -1: forever, 0: there is no record. Set it for `save()`, to which -2 means to leave it as it is and
   * 0 what the namespace has for records without one, which is also what happens when it is not set.
   */
  ttl: number;
  /** The bins by name; empty when there is no record. Changes count when `save()` is called. */
  bins: Record<string, UdfValue | undefined>;
  /** Stores the bins as they are now, and creates the record if there is none. Without bins there is no record. */
  save(): void;
  /** Removes the record. */
  remove(): void;
}

/**
 * A function on the server. A record UDF gets a {@link UdfRecord}, a stream UDF something to iterate over that gives
 * them, for reading only; then come the arguments of the caller. It gives a {@link UdfValue} or nothing; the
 * client reduces what a stream UDF gives with its own Lua function.
 */
export type UdfFunction = (subject: UdfRecord & Iterable<UdfRecord>, ...args: never[]) => unknown;

/** The functions of a module, by name. */
export type UdfFunctions = Readonly<Record<string, UdfFunction>>;
