import { FieldType } from './bits';
import {
  decodeFields,
  decodeOperations,
  DIGEST_LENGTH,
  malformed,
  type Cursor,
  type Message,
} from './message';
import { unsupported } from './result-code';

const HEADER_LENGTH = 5;
const ROW_PREFIX_LENGTH = 25;
/** Decoded, a row takes some hundred bytes. */
const MAX_ROWS = 500_000;

const BatchFlag = { RESPOND_ALL_KEYS: 0x04 } as const;

/** What a row holds: the same as the row before it, or the parts that its bits name. */
const RowKind = { REPEAT: 0x01, INFO: 0x02, GENERATION: 0x04, TTL: 0x08, INFO4: 0x10 } as const;
const ROW_KIND_BITS = 0x1f;

/** One row of a batch: the command it stands for, as if it had been sent alone. */
export interface BatchRow {
  /** The position of its key among those of the caller. */
  readonly index: number;
  readonly message: Message;
}

export interface Batch {
  /** Whether rows are run after one that failed. */
  readonly respondAllKeys: boolean;
  readonly rows: readonly BatchRow[];
}

/** Decodes the rows of a batch. A filter of the whole batch holds for each row without one of its own. */
export function decodeBatch({ fields }: Message): Batch {
  const bytes = fields.get(FieldType.BATCH);
  if (!bytes || bytes.length < HEADER_LENGTH) throw malformed('batch');
  const count = bytes.readUInt32BE(0);
  if (count > MAX_ROWS) throw unsupported(`a batch of more than ${MAX_ROWS} rows`);
  const cursor = { bytes, offset: HEADER_LENGTH };
  const filter = fields.get(FieldType.FILTER_EXPRESSION);
  const rows: BatchRow[] = [];
  let previous: Message | undefined;
  for (let i = 0; i < count; i++) {
    const row = decodeRow(cursor, previous, filter);
    rows.push(row);
    previous = row.message;
  }
  if (rows.length === 0) throw malformed('a batch without rows');
  if (cursor.offset !== bytes.length) throw malformed('bytes after the rows of a batch');
  return { respondAllKeys: (bytes.readUInt8(4) & BatchFlag.RESPOND_ALL_KEYS) !== 0, rows };
}

function decodeRow(
  cursor: Cursor,
  previous: Message | undefined,
  filter: Buffer | undefined,
): BatchRow {
  const start = take(cursor, ROW_PREFIX_LENGTH);
  const index = cursor.bytes.readUInt32BE(start);
  const digest = cursor.bytes.subarray(start + 4, start + 4 + DIGEST_LENGTH);
  const kind = cursor.bytes.readUInt8(start + ROW_PREFIX_LENGTH - 1);
  const template = kind === RowKind.REPEAT ? previous : decodeCommand(cursor, kind);
  if (!template) throw malformed('the first row of a batch repeats another');
  const fields = new Map([...template.fields, [FieldType.DIGEST, digest]]);
  if (filter && !fields.has(FieldType.FILTER_EXPRESSION)) {
    fields.set(FieldType.FILTER_EXPRESSION, filter);
  }
  return { index, message: { ...template, fields } };
}

function decodeCommand(cursor: Cursor, kind: number): Message {
  if ((kind & RowKind.INFO) === 0 || (kind & RowKind.REPEAT) !== 0 || kind > ROW_KIND_BITS) {
    throw malformed(`batch row of kind ${kind}`);
  }
  const { bytes } = cursor;
  const info = take(cursor, 3);
  const header = {
    info1: bytes.readUInt8(info),
    info2: bytes.readUInt8(info + 1),
    info3: bytes.readUInt8(info + 2),
    info4: (kind & RowKind.INFO4) === 0 ? 0 : bytes.readUInt8(take(cursor, 1)),
    generation: (kind & RowKind.GENERATION) === 0 ? 0 : bytes.readUInt16BE(take(cursor, 2)),
    ttl: (kind & RowKind.TTL) === 0 ? 0 : bytes.readUInt32BE(take(cursor, 4)),
  };
  const counts = take(cursor, 4);
  const fields = decodeFields(cursor, bytes.readUInt16BE(counts));
  const operations = decodeOperations(cursor, bytes.readUInt16BE(counts + 2));
  return { ...header, fields, operations };
}

/** Moves the cursor past some bytes and says where they start. */
function take(cursor: Cursor, length: number): number {
  const start = cursor.offset;
  if (start + length > cursor.bytes.length) throw malformed('truncated batch');
  cursor.offset = start + length;
  return start;
}
