import assert from 'node:assert/strict';
import Aerospike from 'aerospike';
import { BIN, type Case, check } from '../support/collections';
import { newKey, running } from '../support/running-server';

const { lists, maps } = Aerospike;

const at = (): Aerospike.cdt.Context => new Aerospike.cdt.Context();

const CASES: Readonly<Record<string, Case>> = {
  'a list in a list': {
    before: [[1], [2]],
    operation: lists.append(BIN, 3).withContext(at().addListIndex(-1)),
    answer: 2,
    after: [[1], [2, 3]],
  },
  'a list by rank': {
    before: [[3], [1, 5]],
    operation: lists.append(BIN, 0).withContext(at().addListRank(0)),
    answer: 3,
    after: [[3], [1, 5, 0]],
  },
  'a list by value': {
    before: [[3], [1, 5]],
    operation: lists.clear(BIN).withContext(at().addListValue([3])),
    after: [[], [1, 5]],
  },
  'a list in maps in a map': {
    before: { a: { b: [1, 2, 3] } },
    operation: lists.getRange(BIN, 1).withContext(at().addMapKey('a').addMapKey('b')),
    answer: [2, 3],
  },
  'a map by index': {
    before: { a: {}, z: {} },
    operation: maps.put(BIN, 'x', 1).withContext(at().addMapIndex(-1)),
    answer: 1,
    after: { a: {}, z: { x: 1 } },
  },
  'an element of a map by rank': {
    before: { a: [9], z: [2] },
    operation: lists.append(BIN, 0).withContext(at().addMapRank(0)),
    answer: 2,
    after: { a: [9], z: [2, 0] },
  },
  'an element of a map by value': {
    before: { a: [9], z: [2] },
    operation: lists.append(BIN, 0).withContext(at().addMapValue([9])),
    answer: 2,
    after: { a: [9, 0], z: [2] },
  },
  'nothing there': {
    before: [[1]],
    operation: lists.append(BIN, 3).withContext(at().addListIndex(4)),
    refusedWith: 26,
  },
  'no such key': {
    before: { a: [1] },
    operation: lists.size(BIN).withContext(at().addMapKey('b')),
    refusedWith: 26,
  },
  'an element that is no list': {
    before: { a: 1 },
    operation: lists.size(BIN).withContext(at().addMapKey('a')),
    refusedWith: 12,
  },
  'a map where a list is wanted': {
    before: { a: {} },
    operation: lists.size(BIN).withContext(at().addMapKey('a')),
    refusedWith: 12,
  },
  'a way through text': {
    before: { a: 'text' },
    operation: lists.size(BIN).withContext(at().addMapKey('a').addListIndex(0)),
    refusedWith: 26,
  },
  'a bin that is neither': {
    before: 'text',
    operation: lists.size(BIN).withContext(at().addListIndex(0)),
    refusedWith: 4,
  },
  'a list created under a key': {
    before: { a: 1 },
    operation: lists.append(BIN, 3).withContext(at().addMapKeyCreate('k', 1)),
    answer: 1,
    after: { a: 1, k: [3] },
  },
  'everything created in a missing bin': {
    before: undefined,
    operation: maps
      .put(BIN, 'x', 1)
      .withContext(at().addMapKeyCreate('k', 1).addListIndexCreate(0, 0, false)),
    answer: 1,
    after: { k: [{ x: 1 }] },
  },
  'a list created beyond the end': {
    before: [],
    operation: lists.append(BIN, 3).withContext(at().addListIndexCreate(2, 0, true)),
    answer: 1,
    after: [null, null, [3]],
  },
  'a list created beyond the end without padding': {
    before: [],
    operation: lists.append(BIN, 3).withContext(at().addListIndexCreate(2, 0, false)),
    refusedWith: 26,
  },
  'a missing bin that nothing creates': {
    before: undefined,
    operation: lists.append(BIN, 3).withContext(at().addMapKey('k')),
    refusedWith: 26,
  },
  'nothing created for a removal': {
    before: {},
    operation: lists.remove(BIN, 0).withContext(at().addMapKeyCreate('k', 1)),
    after: {},
  },
};

describe('operations in a context', () => {
  const context = running();

  for (const [name, given] of Object.entries(CASES)) {
    it(`reach ${name}`, () => check(context().client, given));
  }

  it('keep an ordered list in order when an element changes inside', async () => {
    const { client } = context();
    const ordered = lists.setOrder(BIN, lists.order.ORDERED);
    const key = newKey();
    await client.put(key, { [BIN]: [[1], [2]] });
    const change = lists.set(BIN, 0, 9).withContext(at().addListIndex(0));
    const { bins } = await client.operate(key, [ordered, change, Aerospike.operations.read(BIN)]);
    assert.deepEqual(bins[BIN], [[2], [9]]);
  });
});
