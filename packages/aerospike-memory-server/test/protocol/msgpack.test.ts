import assert from 'node:assert/strict';
import {
  Bytes,
  decode,
  encode,
  List,
  MapOrder,
  OrderedMap,
  type Value,
} from '../../src/protocol/msgpack';
import { ParticleType } from '../../src/protocol/particle';
import { CommandError } from '../../src/protocol/result-code';

const text = (value: string): Bytes => new Bytes(ParticleType.STRING, Buffer.from(value));
const hex = (bytes: string): Buffer => Buffer.from(bytes, 'hex');

/** Lists and maps as the official client wrote them and a server gave them back. */
const RECORDED = {
  'a list of every type': '9901ffa20361cb4004000000000000c3c092020382c70001c0a2037801a20409',
  'an empty list': '90',
  'an empty ordered map': '81c70001c0',
  'a map of nested values': '85c70001c0a2036101a20362a2037aa20363920102a2036482c70001c0a20365c2',
  'a map with integer and string keys': '84c70001c001a2037902a20378a2036ba2037a',
  'integers of every width':
    'dc0015007fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000cf001fffffffffffffffe0d0dfd080d1ff7fd18000d2ffff7fffd280000000d3ffffffff7fffffffd3ffe0000000000001cb4415af1d78b58c40',
  'strings without type, and with one that is no particle type': '95a0a100a20061c0a103',
  'a list of 16': 'dc0010000102030405060708090a0b0c0d0e0f',
};

const MALFORMED = {
  'nothing at all': '',
  'a truncated integer': 'cd01',
  'a truncated string': 'a50361',
  'a list that promises more than there is': '93 01 02',
  'a list that promises billions': 'ddffffffff',
  'a map that promises billions': 'dfffffffff',
  'a map without its last value': '82 01 02 03',
  'bytes after the value': '01 02',
  'a byte that begins nothing': 'c1',
  'lists nested beyond any use': '91'.repeat(10_000) + '01',
};

describe('msgpack', () => {
  for (const [what, bytes] of Object.entries(RECORDED)) {
    it(`gives back ${what} byte for byte`, () => {
      assert.equal(encode(decode(hex(bytes))).toString('hex'), bytes);
    });
  }

  it('keeps 64-bit integers exact', () => {
    for (const value of [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, 2n ** 64n - 1n]) {
      assert.equal(decode(encode(value)), value);
    }
  });

  it('uses the smallest form for strings of every length', () => {
    const heads = {
      0: 'a1',
      30: 'bf',
      31: 'd920',
      254: 'd9ff',
      255: 'da0100',
      65535: 'db00010000',
    };
    for (const [length, head] of Object.entries(heads)) {
      const bytes = encode(text('x'.repeat(Number(length))));
      assert.equal(bytes.toString('hex', 0, head.length / 2), head);
      assert.deepEqual(decode(bytes), text('x'.repeat(Number(length))));
    }
  });

  it('tells text, blobs, integers and doubles apart', () => {
    const list: Value[] = [text('1'), new Bytes(ParticleType.BLOB, hex('31')), 1n, 1, null, true];
    assert.deepEqual(decode(encode(new List(list))), new List(list));
  });

  it('carries lists of any length, of integers of all widths', () => {
    for (const length of [0, 15, 16, 100, 65_535, 65_536, 200_000]) {
      const list = new List(
        Array.from({ length }, (_, i) => (i % 2 === 0 ? 1n : -1n) << BigInt(i % 63)),
      );
      assert.deepEqual(decode(encode(list)), list);
    }
  });

  it('carries the order of lists and maps', () => {
    assert.deepEqual(decode(hex('93c700010102')), new List([1n, 2n], true));
    assert.deepEqual(
      decode(hex('82c70003c00102')),
      new OrderedMap([[1n, 2n]], MapOrder.KEY_VALUE_ORDERED),
    );
    assert.deepEqual(decode(hex('810102')), new OrderedMap([[1n, 2n]], MapOrder.UNORDERED));
  });

  for (const [what, bytes] of Object.entries(MALFORMED)) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => decode(hex(bytes.replaceAll(' ', ''))),
        (error: unknown) => error instanceof CommandError && error.resultCode === 4,
      );
    });
  }
});
