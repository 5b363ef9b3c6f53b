import type { Particle } from './particle';
import { CommandError, ResultCode } from './result-code';

export const MESSAGE_HEADER_LENGTH = 22;
export const DIGEST_LENGTH = 20;
const OP_HEADER_LENGTH = 4;

export type Fields = ReadonlyMap<number, Buffer>;

/** One operation of a request: what to do (see OpType), with which bin and which value. */
export interface Operation {
  readonly op: number;
  readonly bin: string;
  readonly value: Particle;
}

/** A request, decoded; fields and values are views of the bytes received. */
export interface Message {
  readonly info1: number;
  readonly info2: number;
  readonly info3: number;
  readonly info4: number;
  /** The generation the client expects, or 0. */
  readonly generation: number;
  /** Seconds to live, or one of the values of Ttl. */
  readonly ttl: number;
  readonly fields: Fields;
  readonly operations: readonly Operation[];
}

export function malformed(what: string): CommandError {
  return new CommandError(ResultCode.PARAMETER, `malformed message: ${what}`);
}

/** Decodes the body of a frame that holds one message. */
export function decodeMessage(body: Buffer): Message {
  if (body.length < MESSAGE_HEADER_LENGTH || body[0] !== MESSAGE_HEADER_LENGTH) {
    throw malformed('header');
  }
  const cursor = { bytes: body, offset: MESSAGE_HEADER_LENGTH };
  const message = {
    info1: body.readUInt8(1),
    info2: body.readUInt8(2),
    info3: body.readUInt8(3),
    info4: body.readUInt8(4),
    generation: body.readUInt32BE(6),
    ttl: body.readUInt32BE(10),
    fields: decodeFields(cursor, body.readUInt16BE(18)),
    operations: decodeOperations(cursor, body.readUInt16BE(20)),
  };
  if (cursor.offset !== body.length) throw malformed('bytes after its end');
  return message;
}

/** A place in a buffer; decoding moves it on. */
export interface Cursor {
  readonly bytes: Buffer;
  offset: number;
}

export function decodeFields(cursor: Cursor, count: number): Fields {
  const fields = new Map<number, Buffer>();
  for (let i = 0; i < count; i++) {
    const end = endOfItem(cursor, 1);
    fields.set(
      cursor.bytes.readUInt8(cursor.offset),
      cursor.bytes.subarray(cursor.offset + 1, end),
    );
    cursor.offset = end;
  }
  return fields;
}

export function decodeOperations(cursor: Cursor, count: number): Operation[] {
  const operations: Operation[] = [];
  const { bytes } = cursor;
  for (let i = 0; i < count; i++) {
    const end = endOfItem(cursor, OP_HEADER_LENGTH);
    const start = cursor.offset;
    const binEnd = start + OP_HEADER_LENGTH + bytes.readUInt8(start + 3);
    if (binEnd > end) throw malformed('bin name');
    operations.push({
      op: bytes.readUInt8(start),
      bin: bytes.toString('utf8', start + OP_HEADER_LENGTH, binEnd),
      value: { type: bytes.readUInt8(start + 1), bytes: bytes.subarray(binEnd, end) },
    });
    cursor.offset = end;
  }
  return operations;
}

/** Moves the cursor past the length that fields and operations start with, and says where the item ends. */
function endOfItem(cursor: Cursor, minLength: number): number {
  const start = cursor.offset + 4;
  if (start > cursor.bytes.length) throw malformed('truncated');
  const length = cursor.bytes.readUInt32BE(cursor.offset);
  if (length < minLength || start + length > cursor.bytes.length) throw malformed('length');
  cursor.offset = start;
  return start + length;
}
