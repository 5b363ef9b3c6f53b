import type { Particle } from '../protocol/particle';

/** Bytes. */
export const MAX_BIN_NAME_LENGTH = 15;
/** Seconds: ten years. */
export const MAX_TTL = 10 * 365 * 24 * 3600;

export type Bins = ReadonlyMap<string, Particle>;

/** A record as stored; replaced as a whole by every write, so that nobody sees half a write. */
export interface StoredRecord {
  readonly digest: Buffer;
  readonly set: string;
  /** Particle type byte and value, when a client sent its key to be stored. */
  readonly userKey: Buffer | undefined;
  readonly bins: Bins;
  readonly generation: number;
  /** Seconds since 2010; 0: never expires. */
  readonly voidTime: number;
  /** Unix milliseconds. */
  readonly lastUpdate: number;
}

/** What counts against the maximum record size: names and values of bins, and the stored key. */
export function sizeOf(bins: Bins, userKey: Buffer | undefined): number {
  let size = userKey?.length ?? 0;
  for (const [name, value] of bins) size += name.length + value.bytes.length;
  return size;
}
