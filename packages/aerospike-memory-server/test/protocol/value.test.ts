import assert from 'node:assert/strict';
import { CommandError } from '../../src/protocol/result-code';
import {
  compareValues,
  decode,
  INFINITE,
  List,
  OrderedMap,
  toStorable,
  WILDCARD,
} from '../../src/protocol/msgpack';

const value = (bytes: string): ReturnType<typeof decode> =>
  decode(Buffer.from(bytes.replaceAll(' ', ''), 'hex'));

/** Smallest first. */
const ASCENDING = [
  ['nil', 'c0'],
  ['false', 'c2'],
  ['true', 'c3'],
  ['the smallest integer', 'd38000000000000000'],
  ['-1', 'ff'],
  ['0', '00'],
  ['300', 'cd012c'],
  ['the largest integer', 'cf7fffffffffffffff'],
  ['the empty string', 'a103'],
  ['"B"', 'a20342'],
  ['"a"', 'a20361'],
  ['"ab"', 'a3036162'],
  ['"b"', 'a20362'],
  ['[]', '90'],
  ['[1]', '9101'],
  ['[1, 2]', '920102'],
  ['[2]', '9102'],
  ['{}', '80'],
  ['{2: 0}', '810200'],
  ['{1: 0, 2: 0}', '8201000200'],
  ['a blob', 'a20400'],
  ['-0.5', 'cbbfe0000000000000'],
  ['1.5', 'cb3ff8000000000000'],
  ['GeoJSON', 'a2177b'],
  ['infinity', 'd4ff01'],
] as const;

describe('the order of values', () => {
  it('is by type, then by value', () => {
    for (const [i, [nameA, a]] of ASCENDING.entries()) {
      for (const [j, [nameB, b]] of ASCENDING.entries()) {
        const order = Math.sign(compareValues(value(a), value(b)));
        assert.equal(order, Math.sign(i - j), `${nameA} against ${nameB}`);
      }
    }
  });

  it('lets a wildcard equal whatever is left', () => {
    assert.equal(compareValues(new List([1n, WILDCARD]), new List([1n, 5n, 6n])), 0);
    assert.ok(compareValues(new List([1n, WILDCARD]), new List([2n])) < 0);
    assert.equal(
      compareValues(new List([new List([WILDCARD]), 1n]), new List([new List([7n]), 2n])),
      0,
    );
  });
});

describe('what can be stored', () => {
  it('has its maps sorted by key at every level', () => {
    const stored = toStorable(value('92 01 82 02 82 a20362 01 a20361 02 01 03'));
    assert.deepEqual(stored, value('92 01 82 01 03 02 82 a20361 02 a20362 01'));
  });

  const refused = {
    'a map with a key twice': value('82 01 02 01 03'),
    'a map keyed by a double': value('81 cb3ff8000000000000 01'),
    'a map keyed by a list': value('81 90 01'),
    'an ordered map out of order': value('83 c70001c0 02 00 01 00'),
    'an ordered list out of order': value('93 c70001 02 01'),
    'a wildcard': new List([WILDCARD]),
    infinity: new OrderedMap([[1n, INFINITE]]),
  };
  for (const [what, given] of Object.entries(refused)) {
    it(`is not ${what}`, () => {
      assert.throws(
        () => toStorable(given),
        (error: unknown) => error instanceof CommandError && error.resultCode === 4,
      );
    });
  }
});
