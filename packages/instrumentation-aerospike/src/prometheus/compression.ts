import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

/**
 * Compresses pieces while they are asked for, in libuv's thread pool, so that the process has to wait neither for
 * the compression nor for all pieces.
 */
export function compressed(pieces: Iterable<string | Uint8Array>): AsyncIterable<Uint8Array> {
  // Metrics repeat themselves so much that more effort would save little.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  // Whoever reads is told of faults. One who stops reading ends both.
  return pipeline(Readable.from(pieces, { highWaterMark: 1 }), gzip, () => undefined);
}
