import assert from 'node:assert/strict';
import { Ranking } from '../../src/cdt/ranking';
import { List, WILDCARD, type Value } from '../../src/protocol/msgpack';

const pair = (first: bigint, second: Value): List => new List([first, second]);

describe('a ranking', () => {
  const ranking = new Ranking([30n, 10n, 20n, 10n, 30n]);

  it('has the indices in the order of the values, equal ones in their own', () => {
    assert.deepEqual(ranking.indices, [1, 3, 2, 0, 4]);
  });

  it('tells how many values are smaller', () => {
    const wanted = [5n, 10n, 15n, 20n, 30n, 35n];
    assert.deepEqual(
      wanted.map(value => ranking.rankOf(value)),
      [0, 0, 2, 2, 3, 5],
    );
  });

  it('finds all that equal a value', () => {
    assert.deepEqual(ranking.indicesOf(10n), [1, 3]);
    assert.deepEqual(ranking.indicesOf(20n), [2]);
    assert.deepEqual(ranking.indicesOf(15n), []);
    assert.deepEqual([ranking.has(30n), ranking.has(31n)], [true, false]);
  });

  it('finds what equals a value with a wildcard', () => {
    const pairs = new Ranking([pair(2n, 1n), pair(1n, 9n), pair(3n, 0n), pair(1n, 3n)]);
    assert.deepEqual(pairs.indicesOf(pair(1n, WILDCARD)), [3, 1]);
    assert.deepEqual(pairs.indicesOf(WILDCARD), [3, 1, 0, 2]);
  });

  it('tells which values repeat one before them', () => {
    assert.deepEqual([...ranking.repetitions()].sort(), [3, 4]);
  });

  it('of nothing finds nothing', () => {
    const empty = new Ranking([]);
    assert.deepEqual([empty.rankOf(1n), empty.has(1n), empty.repetitions().size], [0, false, 0]);
  });
});
