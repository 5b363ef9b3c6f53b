import assert from 'node:assert/strict';
import { leafCellOf } from '../src/commands/s2-cell';

describe('the S2 cell of a point', () => {
  it('is the one that a real server computes', () => {
    assert.equal(leafCellOf(1.308, 103.913), 0x31da180ab7f7a279n);
  });

  it('is marked as a leaf, in the middle of the first face', () => {
    assert.equal(leafCellOf(0, 0), 0x1000000000000001n);
  });

  for (const [face, latitude, longitude] of [
    [0n, 10, 10],
    [1n, 10, 100],
    [2n, 80, 10],
    [3n, 10, -170],
    [4n, 10, -80],
    [5n, -80, 10],
  ] as const) {
    it(`begins with the face of the cube: ${face} for ${latitude}, ${longitude}`, () => {
      assert.equal(leafCellOf(latitude, longitude) >> 61n, face);
    });
  }

  it('has more in common with that of a near point than with that of a far one', () => {
    const common = (a: bigint, b: bigint): number =>
      64 - (a === b ? 0 : (a ^ b).toString(2).length);
    const here = leafCellOf(48.137, 11.575);
    const near = common(here, leafCellOf(48.1371, 11.5751));
    const far = common(here, leafCellOf(52.52, 13.405));
    assert.ok(near > far, `${near} bits, ${far} bits`);
  });
});
