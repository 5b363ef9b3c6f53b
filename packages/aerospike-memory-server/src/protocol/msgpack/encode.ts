import { Bytes, List, OrderedMap, UNTYPED, type Value } from './value';

function head(lead: number, length: number, value: number): Buffer {
  const bytes = Buffer.allocUnsafe(1 + length);
  bytes.writeUInt8(lead);
  bytes.writeUIntBE(value, 1, length);
  return bytes;
}

/** The head of something with a length: `fixed` for the short form, `leads` for a length of 1, 2 and 4 bytes. */
function sized(size: number, fixed: number, fixedLimit: number, leads: readonly number[]): Buffer {
  if (size < fixedLimit) return Buffer.of(fixed | size);
  const [one, two, four] = leads as [number, number, number];
  if (one !== 0 && size < 0x100) return head(one, 1, size);
  return size < 0x10000 ? head(two, 2, size) : head(four, 4, size);
}

const listHead = (size: number): Buffer => sized(size, 0x90, 16, [0, 0xdc, 0xdd]);
const mapHead = (size: number): Buffer => sized(size, 0x80, 16, [0, 0xde, 0xdf]);
const bytesHead = (size: number): Buffer => sized(size, 0xa0, 32, [0xd9, 0xda, 0xdb]);

function encodeInteger(value: bigint): Buffer {
  if (value >= -32n && value < 0x80n) return Buffer.of(Number(value) & 0xff);
  if (value >= 0n && value < 0x1_0000_0000n) {
    const number = Number(value);
    if (number < 0x100) return head(0xcc, 1, number);
    return number < 0x10000 ? head(0xcd, 2, number) : head(0xce, 4, number);
  }
  if (value >= -0x8000_0000n && value < 0n) {
    const length = value >= -0x80n ? 1 : value >= -0x8000n ? 2 : 4;
    const lead = { 1: 0xd0, 2: 0xd1, 4: 0xd2 }[length];
    return head(lead, length, Number(BigInt.asUintN(8 * length, value)));
  }
  const bytes = Buffer.of(value < 0n ? 0xd3 : 0xcf, 0, 0, 0, 0, 0, 0, 0, 0);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value), 1);
  return bytes;
}

function encodeDouble(value: number): Buffer {
  const bytes = Buffer.of(0xcb, 0, 0, 0, 0, 0, 0, 0, 0);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function writeBytes({ type, data }: Bytes, out: Buffer[]): void {
  if (type === UNTYPED) out.push(bytesHead(0));
  else out.push(bytesHead(data.length + 1), Buffer.of(type), data);
}

function writeList({ items, ordered }: List, out: Buffer[]): void {
  out.push(listHead(items.length + Number(ordered)));
  if (ordered) out.push(Buffer.of(0xc7, 0, 1));
  for (const item of items) writeValue(item, out);
}

function writeMap({ entries, order }: OrderedMap, out: Buffer[]): void {
  out.push(mapHead(entries.length + Number(order !== 0)));
  if (order !== 0) out.push(Buffer.of(0xc7, 0, order, 0xc0));
  for (const [key, value] of entries) {
    writeValue(key, out);
    writeValue(value, out);
  }
}

function writeValue(value: Value, out: Buffer[]): void {
  if (value === null) out.push(Buffer.of(0xc0));
  else if (typeof value === 'boolean') out.push(Buffer.of(value ? 0xc3 : 0xc2));
  else if (typeof value === 'bigint') out.push(encodeInteger(value));
  else if (typeof value === 'number') out.push(encodeDouble(value));
  else if (value instanceof Bytes) writeBytes(value, out);
  else if (value instanceof List) writeList(value, out);
  else if (value instanceof OrderedMap) writeMap(value, out);
  else out.push(Buffer.of(0xc7, value.data.length, value.type), value.data);
}

/** Writes a value in the smallest form, which is the one that clients and the server use. */
export function encode(value: Value): Buffer {
  const out: Buffer[] = [];
  writeValue(value, out);
  return Buffer.concat(out);
}
