import { FieldType } from '../../protocol/bits';
import type { Fields } from '../../protocol/message';
import { ParticleType } from '../../protocol/particle';
import { CommandError, ResultCode, unsupported } from '../../protocol/result-code';
import type { StoredRecord } from '../../store/stored-record';
import {
  keysOf,
  type IndexKey,
  type IndexSource,
  type IndexType,
} from '../../store/secondary-index';

/** The values of an index that a query asks for. */
export interface IndexRange {
  readonly bin: string;
  readonly type: IndexType;
  readonly source: IndexSource;
  readonly includes: (key: IndexKey) => boolean;
}

const TYPES: Readonly<Record<number, IndexType>> = {
  [ParticleType.INTEGER]: 'numeric',
  [ParticleType.STRING]: 'string',
  [ParticleType.BLOB]: 'blob',
};

/** In the order of their numbers on the wire. */
const SOURCES: readonly IndexSource[] = ['default', 'list', 'mapkeys', 'mapvalues'];

/** The record's first key within the range; undefined when it has none, so that each record is found once. */
export function keyWithin(range: IndexRange, record: StoredRecord): IndexKey | undefined {
  return keysOf(range, record).find(range.includes);
}

/** What a query is about; a scan has no range. */
export function parseIndexRange(fields: Fields): IndexRange | undefined {
  const field = fields.get(FieldType.INDEX_RANGE);
  if (!field) return undefined;
  const reader = new RangeReader(field);
  if (reader.byte() !== 1) throw malformed();
  const bin = reader.bytes(reader.byte()).toString();
  const type = typeOf(reader.byte());
  const begin = reader.bytes(reader.length());
  const end = reader.bytes(reader.length());
  const includes = type === 'numeric' ? between(begin, end) : equal(begin);
  return { bin, type, source: sourceOf(fields.get(FieldType.INDEX_TYPE)), includes };
}

class RangeReader {
  #offset = 0;

  constructor(private readonly field: Buffer) {}

  byte(): number {
    return this.bytes(1).readUInt8();
  }

  length(): number {
    return this.bytes(4).readUInt32BE();
  }

  bytes(length: number): Buffer {
    const start = this.#offset;
    this.#offset += length;
    if (this.#offset > this.field.length) throw malformed();
    return this.field.subarray(start, this.#offset);
  }
}

function typeOf(particleType: number): IndexType {
  if (particleType === ParticleType.GEOJSON) throw unsupported('a geographical query');
  const type = TYPES[particleType];
  if (!type) throw malformed();
  return type;
}

function sourceOf(field: Buffer | undefined): IndexSource {
  const source = SOURCES[field ? (field[0] ?? -1) : 0];
  if (!source) throw malformed();
  return source;
}

function between(begin: Buffer, end: Buffer): IndexRange['includes'] {
  if (begin.length !== 8 || end.length !== 8) throw malformed();
  const first = begin.readBigInt64BE();
  const last = end.readBigInt64BE();
  if (first > last) throw malformed();
  return key => typeof key === 'bigint' && first <= key && key <= last;
}

function equal(wanted: Buffer): IndexRange['includes'] {
  return key => typeof key !== 'bigint' && key.equals(wanted);
}

function malformed(): CommandError {
  return new CommandError(ResultCode.PARAMETER, 'malformed index range');
}
