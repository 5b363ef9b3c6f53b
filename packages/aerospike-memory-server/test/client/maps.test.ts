import Aerospike from 'aerospike';
import { BIN, type BinOperation, type Case, check, reversed } from '../support/collections';
import { running } from '../support/running-server';

const { maps, MapPolicy } = Aerospike;
const { returnType: returns, writeFlags: flags, writeMode: modes } = maps;

/** The client's declarations do not say what these give. */
const { getByKeyList, getByValueList, create } = maps as unknown as Record<
  'getByKeyList' | 'getByValueList' | 'create',
  (...args: unknown[]) => BinOperation
>;

const MAP = { a: 3, b: 1, c: 2, d: 1 };

const policy = (writeFlags: number): Aerospike.MapPolicy => new MapPolicy({ writeFlags });
const mode = (writeMode: number): Aerospike.MapPolicy => new MapPolicy({ writeMode });

/** What a selection of MAP answers, by return type. */
interface Selected {
  readonly select: (returnType: number) => BinOperation;
  readonly index: number | number[];
  /** Undefined: ranks cannot be asked for. */
  readonly rank?: number | number[];
  readonly key: unknown;
  readonly value: unknown;
  readonly count: number;
  /** Keys and values by turns. */
  readonly pairs: unknown[];
}

const SELECTIONS: Readonly<Record<string, Selected>> = {
  getByKey: {
    select: type => maps.getByKey(BIN, 'c', type),
    index: 2,
    rank: 2,
    key: 'c',
    value: 2,
    count: 1,
    pairs: ['c', 2],
  },
  'getByKey of a missing key': {
    select: type => maps.getByKey(BIN, 'x', type),
    index: -1,
    rank: -1,
    key: undefined,
    value: undefined,
    count: 0,
    pairs: [],
  },
  getByKeyList: {
    select: type => getByKeyList(BIN, ['d', 'a', 'x'], type),
    index: [3, 0],
    key: ['a', 'd'],
    value: [3, 1],
    count: 2,
    pairs: ['a', 3, 'd', 1],
  },
  getByKeyRange: {
    select: type => maps.getByKeyRange(BIN, 'b', 'd', type),
    index: [1, 2],
    rank: [0, 2],
    key: ['b', 'c'],
    value: [1, 2],
    count: 2,
    pairs: ['b', 1, 'c', 2],
  },
  'getByKeyRange without end': {
    select: type => maps.getByKeyRange(BIN, 'bb', null, type),
    index: [2, 3],
    rank: [2, 1],
    key: ['c', 'd'],
    value: [2, 1],
    count: 2,
    pairs: ['c', 2, 'd', 1],
  },
  getByKeyRelIndexRange: {
    select: type => maps.getByKeyRelIndexRange(BIN, 'bb', -1, 2, type),
    index: [1, 2],
    rank: [0, 2],
    key: ['b', 'c'],
    value: [1, 2],
    count: 2,
    pairs: ['b', 1, 'c', 2],
  },
  getByValue: {
    select: type => maps.getByValue(BIN, 1, type),
    index: [1, 3],
    rank: [0, 1],
    key: ['b', 'd'],
    value: [1, 1],
    count: 2,
    pairs: ['b', 1, 'd', 1],
  },
  getByValueList: {
    select: type => getByValueList(BIN, [3, 1, 7], type),
    index: [0, 1, 3],
    rank: [3, 0, 1],
    key: ['a', 'b', 'd'],
    value: [3, 1, 1],
    count: 3,
    pairs: ['a', 3, 'b', 1, 'd', 1],
  },
  getByValueRange: {
    select: type => maps.getByValueRange(BIN, 2, 9, type),
    index: [0, 2],
    rank: [2, 3],
    key: ['a', 'c'],
    value: [3, 2],
    count: 2,
    pairs: ['a', 3, 'c', 2],
  },
  getByValueRelRankRange: {
    select: type => maps.getByValueRelRankRange(BIN, 2, -1, 2, type),
    index: [3, 2],
    rank: [1, 2],
    key: ['d', 'c'],
    value: [1, 2],
    count: 2,
    pairs: ['d', 1, 'c', 2],
  },
  getByIndex: {
    select: type => maps.getByIndex(BIN, -1, type),
    index: 3,
    rank: 1,
    key: 'd',
    value: 1,
    count: 1,
    pairs: ['d', 1],
  },
  getByIndexRange: {
    select: type => maps.getByIndexRange(BIN, 0, 2, type),
    index: [0, 1],
    rank: [3, 0],
    key: ['a', 'b'],
    value: [3, 1],
    count: 2,
    pairs: ['a', 3, 'b', 1],
  },
  getByRank: {
    select: type => maps.getByRank(BIN, 0, type),
    index: 1,
    rank: 0,
    key: 'b',
    value: 1,
    count: 1,
    pairs: ['b', 1],
  },
  getByRankRange: {
    select: type => maps.getByRankRange(BIN, 1, 3, type),
    index: [3, 2, 0],
    rank: [1, 2, 3],
    key: ['d', 'c', 'a'],
    value: [1, 2, 3],
    count: 3,
    pairs: ['d', 1, 'c', 2, 'a', 3],
  },
  'getByRankRange inverted': {
    select: type => maps.getByRankRange(BIN, 1, 2, type | returns.INVERTED),
    index: [0, 1],
    rank: [0, 3],
    key: ['a', 'b'],
    value: [3, 1],
    count: 2,
    pairs: ['a', 3, 'b', 1],
  },
  'getByRankRange inverted at an end': {
    select: type => maps.getByRankRange(BIN, 0, 1, type | returns.INVERTED),
    index: [3, 2, 0],
    rank: [1, 2, 3],
    key: ['d', 'c', 'a'],
    value: [1, 2, 3],
    count: 3,
    pairs: ['d', 1, 'c', 2, 'a', 3],
  },
};

function asMap(pairs: readonly unknown[]): Record<string, unknown> {
  const entries = pairs.flatMap((key, i) => (i % 2 === 0 ? [[String(key), pairs[i + 1]]] : []));
  return Object.fromEntries(entries) as Record<string, unknown>;
}

const CASES: Readonly<Record<string, Case>> = {
  size: { before: MAP, operation: maps.size(BIN), answer: 4 },
  'size of a list': { before: [1], operation: maps.size(BIN), refusedWith: 12 },
  'getByIndex out of range': {
    before: MAP,
    operation: maps.getByIndex(BIN, 4, returns.VALUE),
    refusedWith: 26,
  },
  'getByKeyList with ranks': {
    before: MAP,
    operation: getByKeyList(BIN, ['a'], returns.RANK),
    refusedWith: 26,
  },
  put: { before: MAP, operation: maps.put(BIN, 'aa', 9), answer: 5, after: { ...MAP, aa: 9 } },
  'put over an entry': {
    before: MAP,
    operation: maps.put(BIN, 'a', [1]),
    answer: 4,
    after: { ...MAP, a: [1] },
  },
  'put into a missing bin': {
    before: undefined,
    operation: maps.put(BIN, 'x', 'y'),
    answer: 1,
    after: { x: 'y' },
  },
  'put of what must be new': {
    before: MAP,
    operation: maps.put(BIN, 'a', 1, policy(flags.CREATE_ONLY)),
    refusedWith: 24,
  },
  'put of what must be there': {
    before: MAP,
    operation: maps.put(BIN, 'x', 1, policy(flags.UPDATE_ONLY)),
    refusedWith: 23,
  },
  'put of what must be there, without failing': {
    before: MAP,
    operation: maps.put(BIN, 'x', 1, policy(flags.UPDATE_ONLY | flags.NO_FAIL)),
    answer: 4,
  },
  'put in the older way of what must be new': {
    before: MAP,
    operation: maps.put(BIN, 'a', 1, mode(modes.CREATE_ONLY)),
    refusedWith: 24,
  },
  'put in the older way of what must be there': {
    before: MAP,
    operation: maps.put(BIN, 'x', 1, mode(modes.UPDATE_ONLY)),
    refusedWith: 23,
  },
  putItems: {
    before: MAP,
    operation: maps.putItems(BIN, { x: 1, a: 2 }),
    answer: 5,
    after: { ...MAP, a: 2, x: 1 },
  },
  'putItems of which one must not be put': {
    before: MAP,
    operation: maps.putItems(BIN, { x: 1, a: 2 }, policy(flags.CREATE_ONLY | flags.NO_FAIL)),
    answer: 4,
  },
  'putItems of which some must not be put': {
    before: MAP,
    operation: maps.putItems(
      BIN,
      { x: 1, a: 2 },
      policy(flags.CREATE_ONLY | flags.NO_FAIL | flags.PARTIAL),
    ),
    answer: 5,
    after: { ...MAP, x: 1 },
  },
  increment: {
    before: MAP,
    operation: maps.increment(BIN, 'a', 5),
    answer: 8,
    after: { ...MAP, a: 8 },
  },
  'increment of a missing key': {
    before: {},
    operation: maps.increment(BIN, 'n', 1.5),
    answer: 1.5,
    after: { n: 1.5 },
  },
  'increment of text': {
    before: { a: 'x' },
    operation: maps.increment(BIN, 'a', 1),
    refusedWith: 4,
  },
  decrement: {
    before: MAP,
    operation: maps.decrement(BIN, 'a', 1),
    answer: 2,
    after: { ...MAP, a: 2 },
  },
  clear: { before: MAP, operation: maps.clear(BIN), after: {} },
  setPolicy: {
    before: MAP,
    operation: maps.setPolicy(BIN, new MapPolicy({ order: maps.order.KEY_VALUE_ORDERED })),
    after: MAP,
  },
  create: { before: undefined, operation: create(BIN, maps.order.KEY_ORDERED), after: {} },
  'create with an index that is kept': {
    before: undefined,
    operation: create(BIN, maps.order.KEY_ORDERED, true),
    refusedWith: 16,
  },
  removeByKey: {
    before: MAP,
    operation: maps.removeByKey(BIN, 'a', returns.VALUE),
    answer: 3,
    after: { b: 1, c: 2, d: 1 },
  },
  'removeByKey from a missing bin': {
    before: undefined,
    operation: maps.removeByKey(BIN, 'a', returns.VALUE),
  },
  removeByKeyList: {
    before: MAP,
    operation: maps.removeByKeyList(BIN, ['a', 'x'], returns.COUNT),
    answer: 1,
    after: { b: 1, c: 2, d: 1 },
  },
  removeByKeyRange: {
    before: MAP,
    operation: maps.removeByKeyRange(BIN, null, 'c', returns.KEY),
    answer: ['a', 'b'],
    after: { c: 2, d: 1 },
  },
  removeByKeyRelIndexRange: {
    before: MAP,
    operation: maps.removeByKeyRelIndexRange(BIN, 'c', 0, 1, returns.KEY),
    answer: ['c'],
    after: { a: 3, b: 1, d: 1 },
  },
  removeByValue: {
    before: MAP,
    operation: maps.removeByValue(BIN, 1, returns.KEY),
    answer: ['b', 'd'],
    after: { a: 3, c: 2 },
  },
  removeByValueList: {
    before: MAP,
    operation: maps.removeByValueList(BIN, [1, 3], returns.NONE),
    after: { c: 2 },
  },
  removeByValueRange: {
    before: MAP,
    operation: maps.removeByValueRange(BIN, 2, null, returns.COUNT),
    answer: 2,
    after: { b: 1, d: 1 },
  },
  removeByValueRelRankRange: {
    before: MAP,
    operation: maps.removeByValueRelRankRange(BIN, 2, 0, 1, returns.KEY),
    answer: ['c'],
    after: { a: 3, b: 1, d: 1 },
  },
  removeByIndex: {
    before: MAP,
    operation: maps.removeByIndex(BIN, 0, returns.KEY),
    answer: 'a',
    after: { b: 1, c: 2, d: 1 },
  },
  removeByIndexRange: {
    before: MAP,
    operation: maps.removeByIndexRange(BIN, 1, 2, returns.COUNT),
    answer: 2,
    after: { a: 3, d: 1 },
  },
  removeByRank: {
    before: MAP,
    operation: maps.removeByRank(BIN, -1, returns.KEY),
    answer: 'a',
    after: { b: 1, c: 2, d: 1 },
  },
  removeByRankRange: {
    before: MAP,
    operation: maps.removeByRankRange(BIN, 0, 2, returns.KEY),
    answer: ['b', 'd'],
    after: { a: 3, c: 2 },
  },
};

describe('maps', () => {
  const context = running();

  for (const [name, { select, ...expected }] of Object.entries(SELECTIONS)) {
    const { index, rank, key, value, count, pairs } = expected;
    const ranks: [type: keyof typeof returns, answer: unknown][] = [
      ['RANK', rank],
      ['REVERSE_RANK', reversed(rank, 4)],
    ];
    const answers: [type: keyof typeof returns, answer: unknown][] = [
      ['NONE', undefined],
      ['INDEX', index],
      ['REVERSE_INDEX', reversed(index, 4)],
      ['COUNT', count],
      ['KEY', key],
      ['VALUE', value],
      ['KEY_VALUE', pairs],
      ['UNORDERED_MAP', asMap(pairs)],
      ['ORDERED_MAP', asMap(pairs)],
      ...(rank === undefined ? [] : ranks),
    ];
    it(`${name} answers in every way`, async () => {
      for (const [type, answer] of answers) {
        await check(context().client, { before: MAP, operation: select(returns[type]), answer });
      }
    });
  }

  it('tell whether a key exists', async () => {
    for (const [wanted, answer] of [
      ['a', true],
      ['x', false],
    ] as const) {
      const operation = maps.getByKey(BIN, wanted, returns.EXISTS);
      await check(context().client, { before: MAP, operation, answer });
    }
  });

  for (const [name, given] of Object.entries(CASES)) {
    it(`answer and leave what the real server does: ${name}`, () => check(context().client, given));
  }
});
