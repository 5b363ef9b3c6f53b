import assert from 'node:assert/strict';
import {
  Bytes,
  INFINITE,
  List,
  MapOrder,
  OrderedMap,
  type Value,
} from '../../src/protocol/msgpack';
import { ParticleType } from '../../src/protocol/particle';
import { bin, evaluate, expression, quoted, raw, Type } from './build';
import { NOW, recordWith, text } from './expression-record';

const UNKNOWN = expression(0);
const BLOB = new Bytes(ParticleType.BLOB, Buffer.from([1, 2]));
const MAP = new OrderedMap([[text('a'), 1n]], MapOrder.KEY_ORDERED);
const UNORDERED = new OrderedMap([[text('a'), 1n]]);
const INT64_MAX = 2n ** 63n - 1n;
const SECONDS_2010_TO_2026 = 504_921_600;

const RECORD = recordWith(
  { i: 7n, n: -3n, f: 2.5, s: text('abc'), t: true, b: BLOB, l: new List([1n, 2n]), m: MAP },
  {
    userKey: Buffer.from('\x03mykey', 'latin1'),
    voidTime: SECONDS_2010_TO_2026 + 100,
  },
);

const INTEGER = bin(Type.INTEGER, 'i');
const LIST = bin(Type.LIST, 'l');
const SIZE_OF_LIST = new List([16n]);

/** Kind, expression, value. */
const CASES: readonly [name: string, given: Value, value: unknown][] = [
  ['equal', expression(1, INTEGER, 7n), true],
  ['not equal', expression(2, INTEGER, 7n), false],
  ['greater', expression(3, INTEGER, 6n), true],
  ['greater or equal', expression(4, INTEGER, 8n), false],
  ['less', expression(5, INTEGER, 8n), true],
  ['less or equal', expression(6, INTEGER, 7n), true],
  ['strings by bytes', expression(5, text('B'), text('a')), true],
  ['blobs', expression(1, bin(Type.BLOB, 'b'), BLOB), true],
  ['booleans', expression(3, true, false), true],
  ['nil', expression(1, null, null), true],
  ['not a number', expression(1, NaN, NaN), false],
  ['lists', expression(5, quoted(1n, 2n), quoted(1n, 3n)), true],
  ['ordered maps', expression(1, bin(Type.MAP, 'm'), MAP), true],
  ['unordered maps', expression(1, bin(Type.MAP, 'm'), UNORDERED), 'unknown'],
  ['an element in a list', expression(9, 2n, LIST), true],
  ['an element that is not in a list', expression(9, 3n, LIST), false],
  ['and', expression(16, true, true), true],
  ['and, decided beside an unknown', expression(16, UNKNOWN, false), false],
  ['and, not decided', expression(16, true, UNKNOWN), 'unknown'],
  ['or', expression(17, false, false), false],
  ['or, decided beside an unknown', expression(17, UNKNOWN, true), true],
  ['not', expression(18, false), true],
  ['not of an unknown', expression(18, UNKNOWN), 'unknown'],
  ['exactly one', expression(19, true, false, false), true],
  ['more than one', expression(19, true, true, false), false],
  ['add', expression(20, INTEGER, 1n, 2n), 10n],
  ['add beyond 64 bits', expression(20, INT64_MAX, 1n), -(2n ** 63n)],
  ['add floats', expression(20, 0.5, 2.0), 2.5],
  ['subtract', expression(21, 10n, 1n, 2n), 7n],
  ['subtract from nothing', expression(21, 5n), -5n],
  ['multiply', expression(22, 3n, -4n), -12n],
  ['divide', expression(23, 20n, 3n, 2n), 3n],
  ['divide a negative', expression(23, -7n, 2n), -3n],
  ['divide by zero', expression(23, 7n, 0n), 'unknown'],
  ['divide floats by zero', expression(23, 1.0, 0.0), Infinity],
  ['divide alone', expression(23, 4.0), 0.25],
  ['power', expression(24, 2.0, 10.0), 1024],
  ['logarithm', expression(25, 8.0, 2.0), 3],
  ['modulo', expression(26, -7n, 4n), -3n],
  ['modulo zero', expression(26, 7n, 0n), 'unknown'],
  ['absolute', expression(27, bin(Type.INTEGER, 'n')), 3n],
  ['absolute of a float', expression(27, -2.5), 2.5],
  ['floor', expression(28, -2.5), -3],
  ['ceiling', expression(29, 2.1), 3],
  ['to integer', expression(30, -2.9), -2n],
  ['to float', expression(31, INTEGER), 7],
  ['bits and', expression(32, 12n, 10n), 8n],
  ['bits or', expression(33, 12n, 10n), 14n],
  ['bits xor', expression(34, 12n, 10n), 6n],
  ['bits not', expression(35, 0n), -1n],
  ['left shift', expression(36, 1n, 63n), -(2n ** 63n)],
  ['right shift', expression(37, -1n, 60n), 15n],
  ['arithmetic right shift', expression(38, -8n, 1n), -4n],
  ['bit count', expression(39, -1n), 64n],
  ['first set bit', expression(40, 1n, true), 63n],
  ['first bit not set', expression(40, -1n, false), -1n],
  ['last set bit', expression(41, 12n, true), 61n],
  ['minimum', expression(50, 3n, -1n, 2n), -1n],
  ['maximum', expression(51, 0.5, 1.5), 1.5],
  ['digest modulo', expression(64, 4n), 3n],
  ['last update', expression(66), BigInt(NOW - 60_000) * 1_000_000n],
  ['since update', expression(67), 60_000n],
  ['void time', expression(68), BigInt(NOW + 100_000) * 1_000_000n],
  ['ttl', expression(69), 100n],
  ['set name', expression(70), text('people')],
  ['key exists', expression(71), true],
  ['is tombstone', expression(72), false],
  ['key', expression(80, Type.STRING), text('mykey')],
  ['key of another type', expression(80, Type.INTEGER), 'unknown'],
  ['bins of every type: boolean', bin(Type.BOOLEAN, 't'), true],
  ['bins of every type: integer', INTEGER, 7n],
  ['bins of every type: string', bin(Type.STRING, 's'), text('abc')],
  ['bins of every type: list', LIST, new List([1n, 2n])],
  ['bins of every type: map', bin(Type.MAP, 'm'), MAP],
  ['bins of every type: blob', bin(Type.BLOB, 'b'), BLOB],
  ['bins of every type: float', bin(Type.FLOAT, 'f'), 2.5],
  ['a missing bin', bin(Type.INTEGER, 'x'), 'unknown'],
  ['a bin of another type', bin(Type.STRING, 'i'), 'unknown'],
  ['bin type', expression(82, raw('s')), 3n],
  ['bin type of a missing bin', expression(82, raw('x')), 0n],
  ['map keys', expression(101, bin(Type.MAP, 'm')), new List([text('a')])],
  ['map values', expression(102, bin(Type.MAP, 'm')), new List([1n])],
  ['the first case that holds', expression(123, false, 1n, true, 2n, true, 3n, 4n), 2n],
  ['otherwise', expression(123, false, 1n, 4n), 4n],
  ['a case that is unknown', expression(123, false, UNKNOWN, 4n), 4n],
  ['an unknown condition', expression(123, UNKNOWN, 1n, 4n), 'unknown'],
  [
    'variables',
    expression(
      125,
      raw('x'),
      INTEGER,
      raw('y'),
      expression(22, expression(124, raw('x')), 2n),
      expression(20, expression(124, raw('x')), expression(124, raw('y'))),
    ),
    21n,
  ],
  ['nil as a variable', expression(125, raw('x'), null, expression(124, raw('x'))), null],
  ['a quoted list', quoted(1n, text('a')), new List([1n, text('a')])],
  ['a call that reads a list', expression(127, Type.INTEGER, 0n, SIZE_OF_LIST, LIST), 2n],
  [
    'a call with an expression among its arguments',
    expression(127, Type.INTEGER, 0n, expression(17, expression(21, 2n, 1n)), LIST),
    2n,
  ],
  [
    'a call with a list among its arguments',
    expression(127, Type.INTEGER, 0n, expression(23, 5n, quoted(2n, 3n)), LIST),
    1n,
  ],
  [
    'a call in a context',
    expression(
      127,
      Type.INTEGER,
      0n,
      expression(255, new List([0x10n, -1n]), SIZE_OF_LIST),
      quoted(1n, new List([1n, 2n, 3n])),
    ),
    3n,
  ],
  [
    'a call up to infinity',
    expression(127, Type.LIST, 0n, expression(25, 7n, 2n, INFINITE), LIST),
    new List([2n]),
  ],
  [
    'a call that changes a list',
    expression(127, Type.LIST, 0x40n, expression(1, 9n), LIST),
    new List([1n, 2n, 9n]),
  ],
  [
    'a call on a map',
    expression(127, Type.INTEGER, 0n, expression(97, 7n, text('a')), bin(Type.MAP, 'm')),
    1n,
  ],
  [
    'a call that finds nothing',
    expression(127, Type.INTEGER, 0n, expression(97, 7n, text('x')), bin(Type.MAP, 'm')),
    'unknown',
  ],
  ['a call that fails', expression(127, Type.INTEGER, 0n, expression(17, 9n), LIST), 'unknown'],
  [
    'a call on an unknown',
    expression(127, Type.INTEGER, 0n, SIZE_OF_LIST, bin(Type.LIST, 'x')),
    'unknown',
  ],
];

/** 4: malformed, and 16: a kind that this server lacks. Both before any record is looked at. */
const REFUSED: readonly [name: string, given: Value, code: number][] = [
  ['values of two types', expression(1, INTEGER, text('7')), 4],
  ['a comparison of one value', expression(1, INTEGER), 4],
  ['a comparison with a wildcard', expression(1, INTEGER, INFINITE), 4],
  ['numbers of both kinds', expression(20, 1n, 1.5), 4],
  ['a sum of nothing', expression(20), 4],
  ['a sum of text', expression(20, text('a')), 4],
  ['a logical expression of one', expression(16, true), 4],
  ['a logical expression of numbers', expression(16, 1n, 2n), 4],
  ['a condition that is no boolean', expression(123, 1n, 2n, 3n), 4],
  ['cases of two types', expression(123, true, 2n, text('a')), 4],
  ['cases without otherwise', expression(123, true, 2n), 4],
  ['a variable that is not defined', expression(124, raw('x')), 4],
  ['a variable that is defined twice', expression(125, raw('x'), 1n, raw('x'), 2n, 3n), 4],
  ['a variable with an odd name', expression(125, raw('1x'), 1n, 2n), 4],
  ['a bin name that is too long', bin(Type.INTEGER, 'a'.repeat(16)), 4],
  ['a bin of no type', expression(81, 77n, raw('a')), 4],
  ['a modulus of zero', expression(64, 0n), 4],
  ['an expression without opcode', new List([]), 4],
  ['a key of a type that no key has', expression(80, Type.LIST), 4],
  ['a call on text', expression(127, Type.INTEGER, 0n, SIZE_OF_LIST, text('a')), 4],
  ['a GeoJSON bin', expression(81, 8n, raw('g')), 16],
  ['an HLL bin', expression(81, 9n, raw('h')), 16],
  ['geography', expression(8, text('a'), text('b')), 16],
  ['a bit operation', expression(127, Type.BLOB, 1n, new List([50n]), bin(Type.BLOB, 'b')), 16],
  ['the size of a record', expression(74), 16],
  ['the size of a record in memory', expression(73), 16],
  ['a variable of a loop', expression(122, Type.INTEGER, 0n), 16],
  ['the removal of an element', expression(100), 16],
  [
    'a list operation that is not known',
    expression(127, Type.INTEGER, 0n, new List([60n]), LIST),
    16,
  ],
];

describe('expressions', () => {
  for (const [name, given, value] of CASES) {
    it(`evaluate: ${name}`, () => {
      assert.deepEqual(evaluate(given, RECORD), value);
    });
  }

  for (const [name, given, code] of REFUSED) {
    it(`refuse with ${code}: ${name}`, () => {
      assert.equal(evaluate(given, RECORD), code);
    });
  }

  it('give -1 for the ttl and void time of a record that never expires', () => {
    const record = recordWith({});
    assert.equal(evaluate(expression(69), record), -1n);
    assert.equal(evaluate(expression(68), record), -1n);
  });
});
