import { constants, inflateSync } from 'node:zlib';
import { FRAME_HEADER_LENGTH } from './frame';

/** The length of what is compressed comes first. */
const SIZE_LENGTH = 8;
/** Enough for the start of a message, and so few that they cannot unfold into much. */
const BYTES_LOOKED_AT = 1024;

/** The info1 byte of the message in the body of a compressed frame; 0 when there is none. */
export function compressedInfo1(body: Buffer): number {
  const bytes = body.subarray(SIZE_LENGTH, SIZE_LENGTH + BYTES_LOOKED_AT);
  try {
    const start = inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    return start[FRAME_HEADER_LENGTH + 1] ?? 0;
  } catch {
    return 0;
  }
}
