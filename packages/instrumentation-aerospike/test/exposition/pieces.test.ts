import assert from 'node:assert/strict';
import { inPieces, joinedBytes, joinedText } from '../../src/exposition/pieces';

const PIECE_LENGTH = 2 ** 15;

describe('pieces of an answer', () => {
  it('are at most 32 KiB long, and hold whole parts in their order', () => {
    const parts = Array.from({ length: 500 }, (_, number) => `${'-'.repeat(number)}\n`);
    const pieces = [...inPieces(parts, joinedText)];
    assert(pieces.length > 1);
    assert(pieces.every(piece => piece.length <= PIECE_LENGTH && piece.endsWith('\n')));
    assert.equal(pieces.join(''), parts.join(''));
  });

  it('are longer where one part is', () => {
    const parts = ['short', '-'.repeat(PIECE_LENGTH + 1), 'short'];
    assert.deepEqual([...inPieces(parts, joinedText)], parts);
  });

  it('can be of bytes', () => {
    const parts = [Buffer.from([1]), Buffer.from([2, 3])];
    const [piece, ...others] = inPieces<Uint8Array>(parts, joinedBytes);
    assert.deepEqual([...(piece ?? []), ...others], [1, 2, 3]);
  });

  it('are none of nothing', () => {
    assert.deepEqual([...inPieces([], joinedText)], []);
  });
});
