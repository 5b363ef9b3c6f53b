import { CommandError, ResultCode } from '../result-code';
import { Bytes, type Entry, Extension, List, OrderedMap, UNTYPED, type Value } from './value';

/** Deeper nesting is refused: it could only exhaust the stack. */
const MAX_DEPTH = 256;

/** Lists and maps with a maintained index (a storage detail of disk namespaces) carry this flag; no client here sends it. */
const PERSISTED_INDEX = 0x10;

function malformed(what: string): CommandError {
  return new CommandError(ResultCode.PARAMETER, `malformed msgpack: ${what}`);
}

class Reader {
  #offset = 0;
  #depth = 0;

  constructor(readonly bytes: Buffer) {}

  get remaining(): number {
    return this.bytes.length - this.#offset;
  }

  take(length: number): Buffer {
    if (length > this.remaining) throw malformed('truncated');
    this.#offset += length;
    return this.bytes.subarray(this.#offset - length, this.#offset);
  }

  unsigned(length: number): number {
    if (length > this.remaining) throw malformed('truncated');
    this.#offset += length;
    return length === 1
      ? this.bytes.readUInt8(this.#offset - 1)
      : this.bytes.readUIntBE(this.#offset - length, length);
  }

  /** The next value is the empty extension that opens an ordered list or map. */
  orderFollows(): boolean {
    return this.remaining >= 2 && this.bytes.readUInt16BE(this.#offset) === 0xc700;
  }

  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw malformed('too deep');
    const value = read();
    this.#depth--;
    return value;
  }
}

function readBytes(reader: Reader, length: number): Bytes {
  const bytes = reader.take(length);
  return length === 0 ? new Bytes(UNTYPED, bytes) : new Bytes(bytes.readUInt8(), bytes.subarray(1));
}

function readExtension(reader: Reader, length: number): Extension {
  return new Extension(reader.unsigned(1), reader.take(length));
}

function readOrder(reader: Reader): number {
  const order = readExtension(reader, reader.unsigned(2) & 0xff).type;
  if ((order & PERSISTED_INDEX) !== 0) {
    throw new CommandError(ResultCode.UNSUPPORTED_FEATURE, 'a persisted index is not supported');
  }
  return order;
}

function readList(reader: Reader, count: number): List {
  if (count > reader.remaining) throw malformed('truncated list');
  return reader.nested(() => {
    const order = count > 0 && reader.orderFollows() ? readOrder(reader) : undefined;
    const length = order === undefined ? count : count - 1;
    return new List(
      Array.from({ length }, () => readValue(reader)),
      ((order ?? 0) & 1) !== 0,
    );
  });
}

function readMap(reader: Reader, count: number): OrderedMap {
  if (count * 2 > reader.remaining) throw malformed('truncated map');
  return reader.nested(() => {
    const order = count > 0 && reader.orderFollows() ? readOrder(reader) : undefined;
    if (order !== undefined) readValue(reader);
    const length = order === undefined ? count : count - 1;
    const entries = Array.from({ length }, (): Entry => [readValue(reader), readValue(reader)]);
    return new OrderedMap(entries, order);
  });
}

type Read = (reader: Reader) => Value;

const unsigned =
  (length: number): Read =>
  reader =>
    BigInt(reader.unsigned(length));

const signed =
  (length: number): Read =>
  reader =>
    BigInt(reader.take(length).readIntBE(0, length));

/** What follows the lead bytes from 0xc0 to 0xdf. */
const READERS: readonly (Read | undefined)[] = [
  () => null,
  undefined,
  () => false,
  () => true,
  reader => readBytes(reader, reader.unsigned(1)),
  reader => readBytes(reader, reader.unsigned(2)),
  reader => readBytes(reader, reader.unsigned(4)),
  reader => readExtension(reader, reader.unsigned(1)),
  reader => readExtension(reader, reader.unsigned(2)),
  reader => readExtension(reader, reader.unsigned(4)),
  reader => reader.take(4).readFloatBE(),
  reader => reader.take(8).readDoubleBE(),
  unsigned(1),
  unsigned(2),
  unsigned(4),
  reader => reader.take(8).readBigUInt64BE(),
  signed(1),
  signed(2),
  signed(4),
  reader => reader.take(8).readBigInt64BE(),
  reader => readExtension(reader, 1),
  reader => readExtension(reader, 2),
  reader => readExtension(reader, 4),
  reader => readExtension(reader, 8),
  reader => readExtension(reader, 16),
  reader => readBytes(reader, reader.unsigned(1)),
  reader => readBytes(reader, reader.unsigned(2)),
  reader => readBytes(reader, reader.unsigned(4)),
  reader => readList(reader, reader.unsigned(2)),
  reader => readList(reader, reader.unsigned(4)),
  reader => readMap(reader, reader.unsigned(2)),
  reader => readMap(reader, reader.unsigned(4)),
];

function readValue(reader: Reader): Value {
  const lead = reader.unsigned(1);
  if (lead < 0x80) return BigInt(lead);
  if (lead < 0x90) return readMap(reader, lead & 0x0f);
  if (lead < 0xa0) return readList(reader, lead & 0x0f);
  if (lead < 0xc0) return readBytes(reader, lead & 0x1f);
  if (lead >= 0xe0) return BigInt(lead - 0x100);
  const read = READERS[lead - 0xc0];
  if (!read) throw malformed(`unknown type 0x${lead.toString(16)}`);
  return read(reader);
}

/** Reads the one value that these bytes are. */
export function decode(bytes: Buffer): Value {
  const reader = new Reader(bytes);
  const value = readValue(reader);
  if (reader.remaining > 0) throw malformed('bytes left over');
  return value;
}
