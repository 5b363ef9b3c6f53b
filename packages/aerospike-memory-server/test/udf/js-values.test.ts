import assert from 'node:assert/strict';
import { decode, encode, List, OrderedMap, type Value } from '../../src/protocol/msgpack';
import { fromJs, toJs } from '../../src/udf/js-values';

const hex = (value: Value): string => encode(value).toString('hex');
const fromHex = (text: string): Value => decode(Buffer.from(text, 'hex'));

describe('values of UDFs', () => {
  it('are those of JavaScript', () => {
    assert.equal(toJs(5n), 5);
    assert.equal(toJs(2n ** 60n), 2n ** 60n);
    assert.equal(toJs(1.5), 1.5);
    assert.equal(toJs(true), true);
    assert.equal(toJs(null), null);
    assert.deepEqual(toJs(fromHex('9301a20361a30401ff')), [1, 'a', Buffer.from([1, 0xff])]);
    assert.deepEqual(toJs(fromHex('82c70001c0a2036b02')), new Map([['k', 2]]));
  });

  it('are stored as the client stores them', () => {
    assert.equal(fromJs(1), 1n);
    assert.equal(fromJs(-0), 0n);
    assert.equal(fromJs(2 ** 62), 2n ** 62n);
    assert.equal(fromJs(2 ** 63), 2 ** 63);
    assert.equal(fromJs(1.5), 1.5);
    assert.equal(fromJs(NaN), NaN);
    assert.equal(fromJs(2n ** 63n - 1n), 2n ** 63n - 1n);
    assert.equal(fromJs(undefined), null);
    assert.equal(hex(fromJs([1, 'a', Buffer.from([1]), null])), '9401a20361a20401c0');
    assert.equal(hex(fromJs({ b: 1, a: 2 })), '82a2036102a2036201');
    assert.equal(
      hex(
        fromJs(
          new Map<unknown, number>([
            ['a', 2],
            [7, 1],
          ]),
        ),
      ),
      '820701a2036102',
    );
  });

  const UNCHANGED: Readonly<Record<string, string>> = {
    'doubles without a fraction, in lists': '9201cb3ff0000000000000',
    'doubles without a fraction, in maps': '82a20361cb3ff0000000000000a2036201',
    'the order of a list': '93c700010102',
    'the order of a map': '82c70003c0a2036b02',
    'GeoJSON, in lists': '91a3177b7d',
    'text that is no UTF-8, in lists': '91a203ff',
  };
  for (const [what, text] of Object.entries(UNCHANGED)) {
    it(`stay as they are, unless changed: ${what}`, () => {
      const value = fromHex(text);
      assert.equal(hex(fromJs(toJs(value))), hex(value));
    });
  }

  it('of an ordered list stay in order', () => {
    const array = toJs(new List([1n, 3n], true)) as unknown[];
    array.push(2);
    assert.deepEqual(fromJs(array), new List([1n, 2n, 3n], true));
  });

  it('of an ordered map stay in order', () => {
    const map = toJs(new OrderedMap([[2n, true]], 1)) as Map<unknown, unknown>;
    map.set(1, 1.5);
    map.delete(2);
    map.set(2, false);
    assert.deepEqual(
      fromJs(map),
      new OrderedMap(
        [
          [1n, 1.5],
          [2n, false],
        ],
        1,
      ),
    );
  });

  it('are refused when the server has none of their kind', () => {
    for (const value of [() => 1, Symbol('s'), new Date(), /x/, new Set()]) {
      assert.throws(() => fromJs(value), { name: 'TypeError' });
    }
    assert.throws(() => fromJs(2n ** 63n), { name: 'RangeError' });
    const cycle: unknown[] = [];
    cycle.push(cycle);
    assert.throws(() => fromJs(cycle), { name: 'RangeError' });
  });
});
