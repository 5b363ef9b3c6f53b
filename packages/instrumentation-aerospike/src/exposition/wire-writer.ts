const VARINT = 0;
const SIXTY_FOUR_BITS = 1;
const LENGTH_DELIMITED = 2;

/**
 * Writes a protobuf message from its end to its start: so the length of what is nested is known when it is to be
 * written. Of several fields the last one comes first.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireWriter {
  /** Where what has been written starts. */
  start: number;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(capacity: number) {
    const { buffer, byteOffset } = Buffer.allocUnsafeSlow(capacity);
    this.bytes = new Uint8Array(buffer, byteOffset, capacity);
    this.view = new DataView(buffer, byteOffset, capacity);
    this.start = capacity;
  }

  get length(): number {
    return this.bytes.length - this.start;
  }

  /** A copy of all that has been written. Then it starts again. */
  take(): Uint8Array {
    const taken = this.bytes.slice(this.start);
    this.start = this.bytes.length;
    return taken;
  }

  double(field: number, value: number): void {
    this.start -= 8;
    this.view.setFloat64(this.start, value, true);
    this.tag(field, SIXTY_FOUR_BITS);
  }

  /** @param value a whole number from 0 to 2^53 */
  uint(field: number, value: number): void {
    this.varint(value);
    this.tag(field, VARINT);
  }

  /** @param value a whole number from -2^53 to 2^53 */
  sint(field: number, value: number): void {
    this.zigzag(value);
    this.tag(field, VARINT);
  }

  /** A byte for each character, all of which are below 256. */
  latin1(text: string): void {
    const { bytes } = this;
    let { start } = this;
    // For so few characters faster than what the runtime has for it.
    for (let index = text.length - 1; index >= 0; index--) bytes[--start] = text.charCodeAt(index);
    this.start = start;
  }

  /** @param value in UTF-8 */
  text(field: number, value: Uint8Array): void {
    const end = this.start;
    this.encoded(value);
    this.nested(field, end);
  }

  /** Fields that are written already. */
  encoded(fields: Uint8Array): void {
    this.start -= fields.length;
    this.bytes.set(fields, this.start);
  }

  /** Makes what has been written since the start was at `end` a message, or packed numbers, of a field. */
  nested(field: number, end: number): void {
    this.delimited(end);
    this.tag(field, LENGTH_DELIMITED);
  }

  /** Puts the length before what has been written since the start was at `end`. */
  delimited(end: number): void {
    this.varint(end - this.start);
  }

  /** A number as it stands among packed ones. */
  zigzag(value: number): void {
    if (value < 64 && value >= -64) {
      this.bytes[--this.start] = value < 0 ? -1 - 2 * value : 2 * value;
      return;
    }
    // The lowest bit is the sign. The rest is shifted apart from it, since 2^54 - 1 is no float.
    const magnitude = value < 0 ? -1 - value : value;
    this.varint(Math.floor(magnitude / 64));
    this.bytes[--this.start] = 128 + (magnitude % 64) * 2 + (value < 0 ? 1 : 0);
  }

  private tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  private varint(value: number): void {
    const { bytes } = this;
    if (value < 128) {
      bytes[--this.start] = value;
      return;
    }
    if (value < 2 ** 14) {
      bytes[--this.start] = value >>> 7;
      bytes[--this.start] = 128 | (value & 127);
      return;
    }
    let size = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
    let position = this.start - size;
    this.start = position;
    for (; value >= 128; value = Math.floor(value / 128)) bytes[position++] = 128 + (value % 128);
    bytes[position] = value;
  }
}
