import Aerospike from 'aerospike';
import { BIN, type BinOperation, type Case, check, reversed } from '../support/collections';
import { running } from '../support/running-server';

const { lists, ListPolicy } = Aerospike;
const { returnType: returns, writeFlags: flags } = lists;

const LIST = [5, 1, 3, 1, 9];

const policy = (writeFlags: number): Aerospike.ListPolicy => new ListPolicy({ writeFlags });

/** What a selection of LIST answers, by return type. */
interface Selected {
  readonly select: (returnType: number) => BinOperation;
  readonly index: number | number[];
  readonly rank: number | number[];
  readonly value: unknown;
  readonly count: number;
  /** What is left when the selection is removed. */
  readonly left?: number[];
}

const SELECTIONS: Readonly<Record<string, Selected>> = {
  getByIndex: {
    select: type => lists.getByIndex(BIN, 2, type),
    index: 2,
    rank: 2,
    value: 3,
    count: 1,
  },
  'getByIndex from the end': {
    select: type => lists.getByIndex(BIN, -1, type),
    index: 4,
    rank: 4,
    value: 9,
    count: 1,
  },
  getByIndexRange: {
    select: type => lists.getByIndexRange(BIN, 1, 3).andReturn(type),
    index: [1, 2, 3],
    rank: [0, 2, 0],
    value: [1, 3, 1],
    count: 3,
  },
  'getByIndexRange of everything': {
    select: type => lists.getByIndexRange(BIN, 0).andReturn(type),
    index: [0, 1, 2, 3, 4],
    rank: [0, 1, 2, 3, 4],
    value: LIST,
    count: 5,
  },
  'getByIndexRange that begins before the list': {
    select: type => lists.getByIndexRange(BIN, -7, 3).andReturn(type),
    index: [0],
    rank: [3],
    value: [5],
    count: 1,
  },
  'getByIndexRange beyond the list': {
    select: type => lists.getByIndexRange(BIN, 7, 3).andReturn(type),
    index: [],
    rank: [],
    value: [],
    count: 0,
  },
  'getByIndexRange inverted': {
    select: type => lists.getByIndexRange(BIN, 1, 2).invertSelection().andReturn(type),
    index: [0, 3, 4],
    rank: [3, 0, 4],
    value: [5, 1, 9],
    count: 3,
  },
  getByValue: {
    select: type => lists.getByValue(BIN, 1).andReturn(type),
    index: [1, 3],
    rank: [0, 1],
    value: [1, 1],
    count: 2,
  },
  'getByValue of a value that is not there': {
    select: type => lists.getByValue(BIN, 2).andReturn(type),
    index: [],
    rank: [],
    value: [],
    count: 0,
  },
  getByValueList: {
    select: type => lists.getByValueList(BIN, [9, 1, 77]).andReturn(type),
    index: [1, 3, 4],
    rank: [4, 0, 1],
    value: [1, 1, 9],
    count: 3,
  },
  'getByValueList inverted': {
    select: type => lists.getByValueList(BIN, [9, 1, 77]).invertSelection().andReturn(type),
    index: [0, 2],
    rank: [2, 3],
    value: [5, 3],
    count: 2,
  },
  getByValueRange: {
    select: type => lists.getByValueRange(BIN, 1, 5).andReturn(type),
    index: [1, 2, 3],
    rank: [0, 1, 2],
    value: [1, 3, 1],
    count: 3,
  },
  'getByValueRange without end': {
    select: type => lists.getByValueRange(BIN, 3, null).andReturn(type),
    index: [0, 2, 4],
    rank: [2, 3, 4],
    value: [5, 3, 9],
    count: 3,
  },
  'getByValueRange without begin': {
    select: type => lists.getByValueRange(BIN, null, 3).andReturn(type),
    index: [1, 3],
    rank: [0, 1],
    value: [1, 1],
    count: 2,
  },
  getByRank: {
    select: type => lists.getByRank(BIN, -1, type),
    index: 4,
    rank: 4,
    value: 9,
    count: 1,
  },
  getByRankRange: {
    select: type => lists.getByRankRange(BIN, 1, 3).andReturn(type),
    index: [0, 2, 3],
    rank: [1, 2, 3],
    value: [1, 3, 5],
    count: 3,
  },
  'getByRankRange inverted': {
    select: type => lists.getByRankRange(BIN, 1, 3).invertSelection().andReturn(type),
    index: [1, 4],
    rank: [0, 4],
    value: [1, 9],
    count: 2,
  },
  getByValueRelRankRange: {
    select: type => lists.getByValueRelRankRange(BIN, 3, -1, 2).andReturn(type),
    index: [2, 3],
    rank: [1, 2],
    value: [1, 3],
    count: 2,
  },
  'getByValueRelRankRange of a value that is not there': {
    select: type => lists.getByValueRelRankRange(BIN, 4, 0).andReturn(type),
    index: [0, 4],
    rank: [3, 4],
    value: [5, 9],
    count: 2,
  },
};

const READS: Readonly<Record<string, Case>> = {
  size: { before: LIST, operation: lists.size(BIN), answer: 5 },
  get: { before: LIST, operation: lists.get(BIN, 1), answer: 1 },
  'get from the end': { before: LIST, operation: lists.get(BIN, -5), answer: 5 },
  'get beyond the end': { before: LIST, operation: lists.get(BIN, 5), refusedWith: 26 },
  'get a nil': { before: [null], operation: lists.get(BIN, 0), answer: undefined },
  'get a list': { before: [[1, ['a']]], operation: lists.get(BIN, 0), answer: [1, ['a']] },
  getRange: { before: LIST, operation: lists.getRange(BIN, 1, 2), answer: [1, 3] },
  'getRange without count': { before: LIST, operation: lists.getRange(BIN, 3), answer: [1, 9] },
  'a missing bin': { before: undefined, operation: lists.size(BIN), answer: undefined },
  'a map': { before: { a: 1 }, operation: lists.size(BIN), refusedWith: 12 },
  'a string': { before: 'text', operation: lists.size(BIN), refusedWith: 12 },
};

const WRITES: Readonly<Record<string, Case>> = {
  append: { before: [1], operation: lists.append(BIN, 'a'), answer: 2, after: [1, 'a'] },
  'append to a missing bin': {
    before: undefined,
    operation: lists.append(BIN, 1),
    answer: 1,
    after: [1],
  },
  'append to an ordered list': {
    before: undefined,
    operation: lists.appendItems(BIN, [3, 1, 2], new ListPolicy({ order: lists.order.ORDERED })),
    answer: 3,
    after: [1, 2, 3],
  },
  'append of what must be unique': {
    before: LIST,
    operation: lists.append(BIN, 9, policy(flags.ADD_UNIQUE)),
    refusedWith: 24,
  },
  'append of what must be unique, without failing': {
    before: LIST,
    operation: lists.append(BIN, 9, policy(flags.ADD_UNIQUE | flags.NO_FAIL)),
    answer: 5,
  },
  'appendItems of which some must not be added': {
    before: LIST,
    operation: lists.appendItems(
      BIN,
      [1, 2, 2, 4],
      policy(flags.ADD_UNIQUE | flags.NO_FAIL | flags.PARTIAL),
    ),
    answer: 7,
    after: [5, 1, 3, 1, 9, 2, 4],
  },
  'appendItems that repeat each other': {
    before: LIST,
    operation: lists.appendItems(BIN, [2, 2], policy(flags.ADD_UNIQUE)),
    refusedWith: 26,
  },
  'append of a nested map': {
    before: [],
    operation: lists.append(BIN, { b: [1], a: Buffer.from([1]) }),
    answer: 1,
    after: [{ a: Buffer.from([1]), b: [1] }],
  },
  insert: { before: [1, 2], operation: lists.insert(BIN, 1, 9), answer: 3, after: [1, 9, 2] },
  'insert beyond the end': {
    before: [1],
    operation: lists.insert(BIN, 3, 9),
    answer: 4,
    after: [1, null, null, 9],
  },
  'insert beyond the end, bounded': {
    before: [1],
    operation: lists.insert(BIN, 3, 9, policy(flags.INSERT_BOUNDED)),
    refusedWith: 26,
  },
  'insert before the beginning': {
    before: [1],
    operation: lists.insert(BIN, -3, 9),
    refusedWith: 26,
  },
  'insert far beyond what a record can hold': {
    before: [1],
    operation: lists.insert(BIN, 2_000_000_000, 9),
    refusedWith: 13,
  },
  insertItems: {
    before: [1, 2],
    operation: lists.insertItems(BIN, -1, [8, 9]),
    answer: 4,
    after: [1, 8, 9, 2],
  },
  pop: { before: LIST, operation: lists.pop(BIN, 0), answer: 5, after: [1, 3, 1, 9] },
  popRange: {
    before: LIST,
    operation: lists.popRange(BIN, 1, 2),
    answer: [1, 3],
    after: [5, 1, 9],
  },
  'popRange without count': {
    before: LIST,
    operation: lists.popRange(BIN, 3),
    answer: [1, 9],
    after: [5, 1, 3],
  },
  remove: { before: LIST, operation: lists.remove(BIN, -1), answer: 1, after: [5, 1, 3, 1] },
  removeRange: {
    before: LIST,
    operation: lists.removeRange(BIN, 0, 4),
    answer: 4,
    after: [9],
  },
  'removal from a missing bin': {
    before: undefined,
    operation: lists.remove(BIN, 0),
    answer: undefined,
  },
  removeByIndex: {
    before: LIST,
    operation: lists.removeByIndex(BIN, 1, returns.VALUE),
    answer: 1,
    after: [5, 3, 1, 9],
  },
  removeByIndexRange: {
    before: LIST,
    operation: lists.removeByIndexRange(BIN, 1, 2).andReturn(returns.COUNT),
    answer: 2,
    after: [5, 1, 9],
  },
  removeByValue: {
    before: LIST,
    operation: lists.removeByValue(BIN, 1).andReturn(returns.INDEX),
    answer: [1, 3],
    after: [5, 3, 9],
  },
  removeByValueList: {
    before: LIST,
    operation: lists.removeByValueList(BIN, [9, 5]).andReturn(returns.VALUE),
    answer: [5, 9],
    after: [1, 3, 1],
  },
  'removeByValueList inverted': {
    before: LIST,
    operation: lists.removeByValueList(BIN, [9, 5]).invertSelection().andReturn(returns.COUNT),
    answer: 3,
    after: [5, 9],
  },
  removeByValueRange: {
    before: LIST,
    operation: lists.removeByValueRange(BIN, 2, 6).andReturn(returns.NONE),
    answer: undefined,
    after: [1, 1, 9],
  },
  removeByValueRelRankRange: {
    before: LIST,
    operation: lists.removeByValueRelRankRange(BIN, 3, 0, 2).andReturn(returns.VALUE),
    answer: [3, 5],
    after: [1, 1, 9],
  },
  removeByRank: {
    before: LIST,
    operation: lists.removeByRank(BIN, -1, returns.INDEX),
    answer: 4,
    after: [5, 1, 3, 1],
  },
  'removeByRank out of range': {
    before: LIST,
    operation: lists.removeByRank(BIN, 5, returns.VALUE),
    refusedWith: 26,
  },
  removeByRankRange: {
    before: LIST,
    operation: lists.removeByRankRange(BIN, 0, 2).andReturn(returns.VALUE),
    answer: [1, 1],
    after: [5, 3, 9],
  },
  clear: { before: LIST, operation: lists.clear(BIN), after: [] },
  set: { before: [1, 2], operation: lists.set(BIN, 0, 'a'), after: ['a', 2] },
  'set at the end': { before: [1], operation: lists.set(BIN, 1, 2), after: [1, 2] },
  trim: { before: LIST, operation: lists.trim(BIN, 1, 2), answer: 3, after: [1, 3] },
  increment: {
    before: LIST,
    operation: lists.increment(BIN, 1, 10),
    answer: 11,
    after: [5, 11, 3, 1, 9],
  },
  'increment by default': {
    before: [1.5],
    operation: lists.increment(BIN, 0),
    answer: 2.5,
    after: [2.5],
  },
  'increment of text': { before: ['a'], operation: lists.increment(BIN, 0, 1), refusedWith: 4 },
  sort: {
    before: [9, 'b', 1.5, null, true, -3, 'a', [2], [1, 2]],
    operation: lists.sort(BIN, lists.sortFlags.DEFAULT),
    after: [null, true, -3, 9, 'a', 'b', [1, 2], [2], 1.5],
  },
  'sort without duplicates': {
    before: LIST,
    operation: lists.sort(BIN, lists.sortFlags.DROP_DUPLICATES),
    after: [1, 3, 5, 9],
  },
  'sort of a missing bin': {
    before: undefined,
    operation: lists.sort(BIN, lists.sortFlags.DEFAULT),
    refusedWith: 12,
  },
  setOrder: {
    before: LIST,
    operation: lists.setOrder(BIN, lists.order.ORDERED),
    after: [1, 1, 3, 5, 9],
  },
  create: { before: undefined, operation: lists.create(BIN, lists.order.ORDERED), after: [] },
  'create with an index that is kept': {
    before: undefined,
    operation: lists.create(BIN, lists.order.ORDERED, false, true),
    refusedWith: 16,
  },
};

describe('lists', () => {
  const context = running();

  for (const [name, { select, index, rank, value, count }] of Object.entries(SELECTIONS)) {
    const answers: [type: keyof typeof returns, answer: unknown][] = [
      ['NONE', undefined],
      ['INDEX', index],
      ['REVERSE_INDEX', reversed(index, LIST.length)],
      ['RANK', rank],
      ['REVERSE_RANK', reversed(rank, LIST.length)],
      ['COUNT', count],
      ['VALUE', value],
    ];
    it(`${name} answers in every way`, async () => {
      for (const [type, answer] of answers) {
        await check(context().client, { before: LIST, operation: select(returns[type]), answer });
      }
    });
  }

  it('tell whether an element exists', async () => {
    for (const [wanted, answer] of [
      [9, true],
      [8, false],
    ] as const) {
      const operation = lists.getByValue(BIN, wanted).andReturn(returns.EXISTS);
      await check(context().client, { before: LIST, operation, answer });
    }
  });

  for (const [name, given] of Object.entries(READS)) {
    it(`can be read: ${name}`, () => check(context().client, given));
  }

  for (const [name, given] of Object.entries(WRITES)) {
    it(`can be changed: ${name}`, () => check(context().client, given));
  }
});
