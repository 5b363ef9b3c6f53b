/** The four kinds of frames; every one starts with the same eight bytes. */
export const FrameType = { INFO: 1, SECURITY: 2, MESSAGE: 3, COMPRESSED_MESSAGE: 4 } as const;

export const FRAME_HEADER_LENGTH = 8;
const PROTOCOL_VERSION = 2;
const NOTHING = Buffer.alloc(0);

export interface Frame {
  readonly type: number;
  readonly body: Buffer;
}

/** What arrives is no Aerospike frame: nothing after it can be understood. */
export class FrameError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FrameError';
  }
}

/**
 * Cuts a stream of bytes into frames. A frame that lies in one chunk is handed out as a view of that chunk; only
 * frames that arrive in pieces are copied, into a buffer that doubles, so that memory follows what was received and
 * not what the length field claims.
 */
export class FrameReader {
  #bytes: Buffer = NOTHING;
  #start = 0;
  #end = 0;
  #isOwn = false;

  constructor(private readonly maxFrameLength: number) {}

  push(chunk: Buffer): void {
    if (this.#start === this.#end) {
      this.#bytes = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      this.#isOwn = false;
      return;
    }
    if (!this.#isOwn || this.#bytes.length - this.#end < chunk.length) this.#grow(chunk.length);
    this.#end += chunk.copy(this.#bytes, this.#end);
  }

  /** The next complete frame; undefined until more bytes arrive. */
  next(): Frame | undefined {
    const available = this.#end - this.#start;
    if (available < FRAME_HEADER_LENGTH) return undefined;
    const length = this.#bodyLength();
    if (available < FRAME_HEADER_LENGTH + length) return undefined;
    const type = this.#bytes[this.#start + 1] ?? 0;
    const bodyStart = this.#start + FRAME_HEADER_LENGTH;
    this.#start = bodyStart + length;
    return { type, body: this.#bytes.subarray(bodyStart, this.#start) };
  }

  #bodyLength(): number {
    const version = this.#bytes[this.#start] ?? 0;
    const type = this.#bytes[this.#start + 1] ?? 0;
    const length = this.#bytes.readUIntBE(this.#start + 2, 6);
    if (version !== PROTOCOL_VERSION) throw new FrameError(`protocol version ${version}`);
    if (type < FrameType.INFO || type > FrameType.COMPRESSED_MESSAGE) {
      throw new FrameError(`frame type ${type}`);
    }
    if (length > this.maxFrameLength) throw new FrameError(`frame of ${length} bytes`);
    return length;
  }

  #grow(more: number): void {
    const pending = this.#end - this.#start;
    const grown = Buffer.allocUnsafeSlow((pending + more) * 2);
    this.#bytes.copy(grown, 0, this.#start, this.#end);
    this.#bytes = grown;
    this.#start = 0;
    this.#end = pending;
    this.#isOwn = true;
  }
}

/** A frame to be filled: its header is written, its body starts at FRAME_HEADER_LENGTH. */
export function allocateFrame(type: number, bodyLength: number): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_LENGTH + bodyLength);
  frame[0] = PROTOCOL_VERSION;
  frame[1] = type;
  frame.writeUIntBE(bodyLength, 2, 6);
  return frame;
}
