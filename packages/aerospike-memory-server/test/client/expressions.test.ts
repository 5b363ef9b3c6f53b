import assert from 'node:assert/strict';
import Aerospike, { type AerospikeExp, type Client } from 'aerospike';
import { newKey, running, withCode } from '../support/running-server';

const { exp, lists, maps } = Aerospike;

/** The client's declarations call it otherwise than the client does. */
const { var: variable } = exp as unknown as { var: (name: string) => AerospikeExp };

const BINS = { i: 7, s: 'abc', l: [1, 2, 3], m: { a: 1, b: 2 }, t: true, d: 2.5 };

const FILTERS: readonly [name: string, filter: AerospikeExp, passes: boolean][] = [
  ['an integer', exp.eq(exp.binInt('i'), exp.int(7)), true],
  ['a string', exp.gt(exp.binStr('s'), exp.str('abd')), false],
  ['a float', exp.lt(exp.binFloat('d'), exp.float(3)), true],
  ['a boolean', exp.eq(exp.binBool('t'), exp.bool(true)), true],
  ['a missing bin', exp.eq(exp.binInt('x'), exp.int(7)), false],
  ['a bin that exists', exp.binExists('i'), true],
  ['a bin that does not exist', exp.binExists('x'), false],
  ['a set', exp.eq(exp.setName(), exp.str('set')), true],
  ['a pattern', exp.cmpRegex(1, '^a.+c$', exp.binStr('s')), true],
  ['both', exp.and(exp.binExists('i'), exp.binExists('x')), false],
  ['either', exp.or(exp.binExists('x'), exp.binExists('i')), true],
  ['the opposite', exp.not(exp.binExists('x')), true],
  ['the size of a list', exp.eq(exp.lists.size(exp.binList('l')), exp.int(3)), true],
  ['a whole map', exp.eq(exp.binMap('m'), exp.map({ a: 1, b: 2 })), true],
  [
    'an entry of a map',
    exp.eq(
      exp.maps.getByKey(exp.binMap('m'), exp.str('b'), exp.type.INT, maps.returnType.VALUE),
      exp.int(2),
    ),
    true,
  ],
];

const READS: readonly [name: string, read: AerospikeExp, answer: unknown][] = [
  ['a sum', exp.add(exp.binInt('i'), exp.int(35)), 42],
  [
    'a product of a variable',
    exp.let(exp.def('x', exp.binInt('i')), exp.mul(variable('x'), variable('x'))),
    49,
  ],
  [
    'a case',
    exp.cond(exp.gt(exp.binInt('i'), exp.int(5)), exp.str('big'), exp.str('small')),
    'big',
  ],
  ['a list with one more', exp.lists.append(exp.binList('l'), exp.int(9)), [1, 2, 3, 9]],
  [
    'how many of a list',
    exp.lists.getByValueList(exp.binList('l'), exp.list([1, 3]), lists.returnType.COUNT),
    2,
  ],
  ['a map', exp.binMap('m'), { a: 1, b: 2 }],
];

describe('expressions of the client', () => {
  const context = running();

  async function put(client: Client): Promise<Aerospike.Key> {
    const key = newKey();
    await client.put(key, BINS);
    return key;
  }

  for (const [name, filterExpression, passes] of FILTERS) {
    it(`filter by ${name}`, async () => {
      const { client } = context();
      const key = await put(client);
      const get = client.get(key, new Aerospike.ReadPolicy({ filterExpression }));
      if (passes) assert.equal((await get).bins.i, 7);
      else await assert.rejects(get, withCode(27));
    });
  }

  for (const [name, read, answer] of READS) {
    it(`read ${name}`, async () => {
      const { client } = context();
      const key = await put(client);
      const { bins } = await client.operate(key, [exp.operations.read('answer', read, 0)]);
      assert.deepEqual(bins.answer, answer);
    });
  }

  it('see what the command has changed so far', async () => {
    const { client } = context();
    const key = await put(client);
    const { bins } = await client.operate(key, [
      Aerospike.operations.incr('i', 1),
      exp.operations.read('answer', exp.binInt('i'), 0),
    ]);
    assert.equal(bins.answer, 8);
  });

  it('are refused when they need what this server lacks', async () => {
    const { client } = context();
    const key = await put(client);
    for (const size of [exp.recordSize(), exp.deviceSize(), exp.memorySize()]) {
      const filterExpression = exp.gt(size, exp.int(0));
      await assert.rejects(
        client.get(key, new Aerospike.ReadPolicy({ filterExpression })),
        withCode(16),
      );
    }
  });
});
