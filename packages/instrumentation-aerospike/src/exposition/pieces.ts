/** In characters or bytes. Much longer strings are allocated where they are expensive. */
export const PIECE_LENGTH = 2 ** 15;

/**
 * Joins parts to pieces of at most 32 KiB, unless one part is longer. They are joined at once, since strings that are
 * added up one by one stay a heap of fragments until they are used.
 */
export function* inPieces<Part extends { readonly length: number }>(
  parts: Iterable<Part>,
  join: (parts: Part[]) => Part,
): Generator<Part, void> {
  let piece: Part[] = [];
  let length = 0;
  for (const part of parts) {
    if (length > 0 && length + part.length > PIECE_LENGTH) {
      yield join(piece);
      piece = [];
      length = 0;
    }
    piece.push(part);
    length += part.length;
  }
  if (length > 0) yield join(piece);
}

export function joinedText(parts: readonly string[]): string {
  return parts.join('');
}

export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
}
