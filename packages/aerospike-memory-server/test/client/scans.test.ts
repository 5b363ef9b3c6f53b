import assert from 'node:assert/strict';
import Aerospike, { type AerospikeRecord } from 'aerospike';
import { fill, numbersOf } from '../support/numbers';
import { running, withCode } from '../support/running-server';

const { exp } = Aerospike;
const COUNT = 30;

const ALL = Array.from({ length: COUNT }, (_, n) => n);

describe('scans', () => {
  const context = running({ namespaces: ['test', 'bar'] });

  before(async () => {
    const { client } = context();
    await fill(client, 'numbers', COUNT);
    await client.put(new Aerospike.Key('test', 'others', 'one'), { other: 1 });
    await client.put(new Aerospike.Key('bar', null, 7), { bar: 1 });
  });

  it('give the records of a set', async () => {
    const { client } = context();
    assert.deepEqual(numbersOf(await client.scan('test', 'numbers').results()), ALL);
  });

  it('give the records of a namespace, also those without set', async () => {
    const { client } = context();
    const sets = (await client.scan('test').results()).map(({ key }) => key.set);
    assert.equal(sets.length, COUNT + 1);
    assert.ok(sets.includes('others'));
    const [only] = await client.scan('bar').results();
    assert.deepEqual(only?.bins, { bar: 1 });
    assert.equal(only.key.ns, 'bar');
  });

  it('give nothing of a set that is empty', async () => {
    const { client } = context();
    assert.deepEqual(await client.scan('test', 'empty').results(), []);
  });

  it('give records in the same order every time', async () => {
    const { client } = context();
    const digests = async (): Promise<unknown[]> =>
      (await client.scan('test', 'numbers').results()).map(({ key }) => key.digest);
    assert.deepEqual(await digests(), await digests());
  });

  it('give keys that were stored, generations and times to live', async () => {
    const { client } = context();
    const key = new Aerospike.Key('test', 'meta', 'stored');
    const policy = new Aerospike.WritePolicy({ key: Aerospike.policy.key.SEND });
    await client.put(key, { a: 1 }, { ttl: 1000 }, policy);
    await client.put(key, { a: 2 }, { ttl: 1000 }, policy);
    const [record] = await client.scan('test', 'meta').results();
    assert.deepEqual(record?.bins, { a: 2 });
    assert.equal(record.key.key, 'stored');
    assert.equal(record.gen, 2);
    assert.ok(record.ttl > 990);
  });

  it('leave out what has expired', async () => {
    const { client, server } = context();
    await client.put(new Aerospike.Key('test', 'mortal', 1), { a: 1 }, { ttl: 10 });
    await client.put(new Aerospike.Key('test', 'mortal', 2), { a: 2 });
    await server.advanceTime(11);
    const records = await client.scan('test', 'mortal').results();
    assert.deepEqual(
      records.map(({ bins }) => bins),
      [{ a: 2 }],
    );
  });

  it('stream the records', async () => {
    const { client } = context();
    const records = await new Promise<AerospikeRecord[]>((resolve, reject) => {
      const seen: AerospikeRecord[] = [];
      const stream = client.scan('test', 'numbers').foreach();
      stream.on('data', (record: AerospikeRecord) => seen.push(record));
      stream.on('error', reject);
      stream.on('end', () => {
        resolve(seen);
      });
    });
    assert.deepEqual(numbersOf(records), ALL);
  });

  it('select bins, and leave out records that have none of them', async () => {
    const { client } = context();
    const selected = await client.scan('test', 'numbers', { select: ['n', 'none'] }).results();
    assert.deepEqual(
      selected.map(({ bins }) => Object.keys(bins)),
      ALL.map(() => ['n']),
    );
    const none = await client.scan('test', 'numbers', { select: ['none'] }).results();
    assert.deepEqual(none, []);
  });

  it('give no bins when none are wanted', async () => {
    const { client } = context();
    const records = await client.scan('test', 'numbers', { nobins: true }).results();
    assert.equal(records.length, COUNT);
    assert.ok(records.every(({ bins }) => Object.keys(bins).length === 0));
  });

  it('keep to the partitions that are named', async () => {
    const { client } = context();
    const seen: number[] = [];
    for (const begin of [0, 1000, 2000, 3000]) {
      const scan = client.scan('test', 'numbers');
      scan.partitions(begin, begin === 3000 ? 1096 : 1000);
      seen.push(...numbersOf(await scan.results()));
    }
    assert.deepEqual(
      seen.sort((a, b) => a - b),
      ALL,
    );
  });

  it('stop at the maximum number of records', async () => {
    const { client } = context();
    const policy = new Aerospike.ScanPolicy({ maxRecords: 4 });
    assert.equal((await client.scan('test', 'numbers').results(policy)).length, 4);
  });

  it('accept a number of records per second', async () => {
    const { client } = context();
    const policy = new Aerospike.ScanPolicy({ recordsPerSecond: 1 });
    assert.equal((await client.scan('test', 'numbers').results(policy)).length, COUNT);
  });

  it('keep to a filter expression', async () => {
    const { client } = context();
    const filterExpression = exp.lt(exp.binInt('n'), exp.int(3));
    const policy = new Aerospike.ScanPolicy({ filterExpression });
    assert.deepEqual(numbersOf(await client.scan('test', 'numbers').results(policy)), [0, 1, 2]);
  });

  it('go on page by page until all records were given once', async () => {
    const { client } = context();
    await fill(client, 'crowded', 300);
    const scan = client.scan('test', 'crowded', { paginate: true });
    const policy = new Aerospike.ScanPolicy({ maxRecords: 70 });
    const pages: number[][] = [];
    for (;;) {
      pages.push(numbersOf(await scan.results(policy)));
      if (!scan.scanState) break;
      scan.nextPage(scan.scanState);
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      [70, 70, 70, 70, 20],
    );
    assert.equal(new Set(pages.flat()).size, 300);
  });

  it('can be many at once', async () => {
    const { client } = context();
    const results = await Promise.all(ALL.map(() => client.scan('test', 'numbers').results()));
    for (const records of results) assert.deepEqual(numbersOf(records), ALL);
  });

  it('of an unknown namespace are refused by the client', async () => {
    const { client } = context();
    await assert.rejects(client.scan('nowhere', 'numbers').results(), withCode(20));
  });
});
