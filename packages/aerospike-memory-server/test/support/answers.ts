const FRAME_HEADER_LENGTH = 8;
const MESSAGE_HEADER_LENGTH = 22;
const MESSAGE = 3;

/** Where the messages in a frame start; none in one of text. */
export function messageStarts(frame: Buffer): number[] {
  const starts: number[] = [];
  let offset = FRAME_HEADER_LENGTH;
  while (frame[1] === MESSAGE && offset < frame.length) {
    starts.push(offset);
    // Fields and operations both start with the length of the rest.
    const items = frame.readUInt16BE(offset + 18) + frame.readUInt16BE(offset + 20);
    offset += MESSAGE_HEADER_LENGTH;
    for (let i = 0; i < items; i++) offset += 4 + frame.readUInt32BE(offset);
  }
  return starts;
}
