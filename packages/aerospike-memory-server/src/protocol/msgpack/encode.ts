import { Bytes, List, OrderedMap, UNTYPED, type Value } from './value';

/** Lead bytes of something with a length: the short form with its limit, then for a length of 1, 2 and 4 bytes. */
interface Leads {
  readonly short: number;
  readonly limit: number;
  readonly one?: number;
  readonly two: number;
  readonly four: number;
}

const LIST: Leads = { short: 0x90, limit: 16, two: 0xdc, four: 0xdd };
const MAP: Leads = { short: 0x80, limit: 16, two: 0xde, four: 0xdf };
const BYTES: Leads = { short: 0xa0, limit: 32, one: 0xd9, two: 0xda, four: 0xdb };

/** Bytes that are written one after the other, into a buffer that doubles. */
class Writer {
  #bytes = Buffer.allocUnsafe(64);
  #end = 0;

  get written(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }

  byte(value: number): void {
    const start = this.#more(1);
    this.#bytes[start] = value;
  }

  /** A lead byte and an unsigned number of so many bytes. */
  head(lead: number, length: 1 | 2 | 4, value: number): void {
    this.byte(lead);
    const start = this.#more(length);
    this.#bytes.writeUIntBE(value, start, length);
  }

  sized(size: number, { short, limit, one, two, four }: Leads): void {
    if (size < limit) this.byte(short | size);
    else if (one !== undefined && size < 0x100) this.head(one, 1, size);
    else if (size < 0x10000) this.head(two, 2, size);
    else this.head(four, 4, size);
  }

  integer64(lead: number, value: bigint): void {
    this.byte(lead);
    const start = this.#more(8);
    this.#bytes.writeBigUInt64BE(BigInt.asUintN(64, value), start);
  }

  double(value: number): void {
    this.byte(0xcb);
    const start = this.#more(8);
    this.#bytes.writeDoubleBE(value, start);
  }

  bytes(data: Buffer): void {
    const start = this.#more(data.length);
    data.copy(this.#bytes, start);
  }

  /** Makes room, maybe in another buffer; gives its start. */
  #more(length: number): number {
    const start = this.#end;
    this.#end += length;
    if (this.#end > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(this.#end * 2);
      this.#bytes.copy(grown, 0, 0, start);
      this.#bytes = grown;
    }
    return start;
  }
}

function writeInteger(value: bigint, out: Writer): void {
  if (value < -0x8000_0000n || value > 0xffff_ffffn) {
    out.integer64(value < 0n ? 0xd3 : 0xcf, value);
    return;
  }
  const number = Number(value);
  if (number >= -32 && number < 0x80) out.byte(number & 0xff);
  else if (number >= 0) writeUnsigned(number, out);
  else writeNegative(number, out);
}

function writeUnsigned(number: number, out: Writer): void {
  if (number < 0x100) out.head(0xcc, 1, number);
  else if (number < 0x10000) out.head(0xcd, 2, number);
  else out.head(0xce, 4, number);
}

function writeNegative(number: number, out: Writer): void {
  if (number >= -0x80) out.head(0xd0, 1, number & 0xff);
  else if (number >= -0x8000) out.head(0xd1, 2, number & 0xffff);
  else out.head(0xd2, 4, number >>> 0);
}

function writeBytes({ type, data }: Bytes, out: Writer): void {
  if (type === UNTYPED) {
    out.sized(0, BYTES);
    return;
  }
  out.sized(data.length + 1, BYTES);
  out.byte(type);
  out.bytes(data);
}

/** The empty extension that says how a list or a map is ordered. */
function writeOrder(order: number, out: Writer): void {
  out.head(0xc7, 1, 0);
  out.byte(order);
}

function writeList({ items, ordered }: List, out: Writer): void {
  out.sized(items.length + Number(ordered), LIST);
  if (ordered) writeOrder(1, out);
  for (const item of items) writeValue(item, out);
}

function writeMap({ entries, order }: OrderedMap, out: Writer): void {
  out.sized(entries.length + Number(order !== 0), MAP);
  if (order !== 0) {
    writeOrder(order, out);
    out.byte(0xc0);
  }
  for (const [key, value] of entries) {
    writeValue(key, out);
    writeValue(value, out);
  }
}

function writeValue(value: Value, out: Writer): void {
  if (value === null) out.byte(0xc0);
  else if (typeof value === 'boolean') out.byte(value ? 0xc3 : 0xc2);
  else if (typeof value === 'bigint') writeInteger(value, out);
  else if (typeof value === 'number') out.double(value);
  else if (value instanceof Bytes) writeBytes(value, out);
  else if (value instanceof List) writeList(value, out);
  else if (value instanceof OrderedMap) writeMap(value, out);
  else {
    out.head(0xc7, 1, value.data.length);
    out.byte(value.type);
    out.bytes(value.data);
  }
}

/** Writes a value in the smallest form, which is the one that clients and the server use. */
export function encode(value: Value): Buffer {
  const out = new Writer();
  writeValue(value, out);
  // A copy: records would keep what is left of the buffer too.
  return Buffer.from(out.written);
}
