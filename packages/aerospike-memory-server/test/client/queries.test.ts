import assert from 'node:assert/strict';
import Aerospike, { type AerospikeRecord, type Query } from 'aerospike';
import { running, withCode } from '../support/running-server';

const { exp, filter, indexDataType, indexType } = Aerospike;
const COUNT = 20;

function numbersOf(records: readonly AerospikeRecord[]): number[] {
  return records.map(({ bins }) => bins.n as number).sort((a, b) => a - b);
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start + 1 }, (_, i) => start + i);
}

describe('queries', () => {
  const context = running();

  before(async () => {
    const { client } = context();
    for (const n of range(0, COUNT - 1)) {
      await client.put(new Aerospike.Key('test', 'q', n), {
        n,
        group: `g${n % 4}`,
        blob: Buffer.of(n % 3),
        list: [n, n, 100 + n, 'text'],
        map: { [`k${n}`]: n },
        mixed: n < 10 ? n : `${n}`,
      });
    }
    await client.put(new Aerospike.Key('test', 'another', 1), { n: 5 });
    for (const [bin, datatype, type] of [
      ['n', indexDataType.NUMERIC, indexType.DEFAULT],
      ['mixed', indexDataType.NUMERIC, indexType.DEFAULT],
      ['group', indexDataType.STRING, indexType.DEFAULT],
      ['list', indexDataType.NUMERIC, indexType.LIST],
      ['map', indexDataType.STRING, indexType.MAPKEYS],
      ['map', indexDataType.NUMERIC, indexType.MAPVALUES],
    ] as const) {
      const index = `${bin}-${datatype}-${type}`;
      await client.createIndex({ ns: 'test', set: 'q', bin, index, datatype, type });
    }
  });

  type Filter = Parameters<Query['where']>[0];

  function query(...filters: Filter[]): Query {
    const made = context().client.query('test', 'q');
    for (const each of filters) made.where(each);
    return made;
  }

  async function found(...filters: Filter[]): Promise<number[]> {
    return numbersOf(await query(...filters).results());
  }

  it('give what equals a number', async () => {
    assert.deepEqual(await found(filter.equal('n', 5)), [5]);
    assert.deepEqual(await found(filter.equal('n', 500)), []);
    assert.deepEqual(await found(filter.equal('n', -5)), []);
  });

  it('give what is in a range, both ends included', async () => {
    assert.deepEqual(await found(filter.range('n', 10, 14)), range(10, 14));
    assert.deepEqual(await found(filter.range('n', -10, 2)), range(0, 2));
  });

  it('give what equals a string', async () => {
    assert.deepEqual(await found(filter.equal('group', 'g1')), [1, 5, 9, 13, 17]);
  });

  it('give a record whose list contains a number, once', async () => {
    assert.deepEqual(await found(filter.contains('list', 103, indexType.LIST)), [3]);
    assert.deepEqual(await found(filter.contains('list', 4, indexType.LIST)), [4]);
    assert.deepEqual(await found(filter.range('list', 4, 104, indexType.LIST)), range(0, 19));
  });

  it('give a record whose map has a key, or a value', async () => {
    assert.deepEqual(await found(filter.contains('map', 'k7', indexType.MAPKEYS)), [7]);
    assert.deepEqual(await found(filter.contains('map', 7, indexType.MAPVALUES)), [7]);
  });

  it('pass over values of another type', async () => {
    assert.deepEqual(await found(filter.range('mixed', 0, 100)), range(0, 9));
  });

  it('give everything without a condition', async () => {
    assert.deepEqual(await found(), range(0, COUNT - 1));
  });

  it('see what was written a moment ago', async () => {
    const { client } = context();
    const key = new Aerospike.Key('test', 'q', 'late');
    await client.put(key, { n: 1000 });
    assert.deepEqual(await found(filter.equal('n', 1000)), [1000]);
    await client.put(key, { n: 2000 });
    assert.deepEqual(await found(filter.equal('n', 1000)), []);
    await client.remove(key);
    assert.deepEqual(await found(filter.equal('n', 2000)), []);
  });

  it('select bins, or none', async () => {
    const some = query(filter.equal('n', 5));
    some.select('group');
    assert.deepEqual(
      (await some.results()).map(({ bins }) => bins),
      [{ group: 'g1' }],
    );
    const none = query(filter.equal('n', 5));
    none.nobins = true;
    assert.deepEqual(
      (await none.results()).map(({ bins }) => bins),
      [{}],
    );
  });

  it('stop at the maximum number of records', async () => {
    const limited = query(filter.range('n', 0, 19));
    limited.maxRecords = 3;
    assert.equal((await limited.results()).length, 3);
  });

  it('keep to a filter expression', async () => {
    const filterExpression = exp.eq(exp.binStr('group'), exp.str('g3'));
    const policy = new Aerospike.QueryPolicy({ filterExpression });
    const records = await query(filter.range('n', 0, 10)).results(policy);
    assert.deepEqual(numbersOf(records), [3, 7]);
  });

  it('keep to the partitions that are named', async () => {
    const halves = [0, 2048].map(async begin => {
      const half = query(filter.range('n', 0, 19));
      half.partitions(begin, 2048);
      return numbersOf(await half.results());
    });
    const [first = [], second = []] = await Promise.all(halves);
    assert.deepEqual(
      [...first, ...second].sort((a, b) => a - b),
      range(0, 19),
    );
    assert.ok(first.length > 0 && second.length > 0);
  });

  it('go on page by page', async () => {
    const paged = query(filter.range('n', 0, 19));
    paged.paginate = true;
    paged.maxRecords = 8;
    const pages: number[][] = [];
    for (;;) {
      pages.push(numbersOf(await paged.results()));
      if (!paged.queryState) break;
      paged.nextPage(paged.queryState);
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      [8, 8, 4],
    );
    assert.deepEqual(
      pages.flat().sort((a, b) => a - b),
      range(0, 19),
    );
  });

  it('need an index on just that', async () => {
    const { client } = context();
    await assert.rejects(found(filter.equal('none', 5)), withCode(201));
    await assert.rejects(found(filter.equal('n', 'text')), withCode(201));
    await assert.rejects(found(filter.contains('n', 5, indexType.LIST)), withCode(201));
    const another = client.query('test', 'another');
    another.where(filter.equal('n', 5));
    await assert.rejects(another.results(), withCode(201));
  });

  it('by place are refused', async () => {
    await assert.rejects(found(filter.geoWithinRadius('place', 8, 47, 1000)), withCode(16));
  });

  it('of an unknown namespace are refused by the client', async () => {
    await assert.rejects(context().client.query('nowhere', 'q').results(), withCode(20));
  });
});
