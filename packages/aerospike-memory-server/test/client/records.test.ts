import assert from 'node:assert/strict';
import Aerospike, { type AerospikeBins } from 'aerospike';
import { newKey, running, withCode } from '../support/running-server';

const { Double, GeoJSON } = Aerospike;

const VALUES: Readonly<Record<string, AerospikeBins[string]>> = {
  'an integer': 42,
  'a negative integer': -7,
  'an integer beyond 2^53': 9_007_199_254_740_993n,
  'the smallest integer': -(2n ** 63n),
  'a double': 1.5,
  'not a number': NaN,
  'an infinite double': -Infinity,
  'a string': 'héllo ✓',
  'an empty string': '',
  'a blob': Buffer.from([0, 1, 255]),
  'an empty blob': Buffer.alloc(0),
  true: true,
  false: false,
  'a list': [1, -1, 'a', 2.5, true, null, [2, [3]], { x: 1 }, Buffer.from([9])],
  'an empty list': [],
  'a map': { a: 1, b: 'z', c: [1, 2], d: { e: false } },
  'an empty map': {},
};

describe('a record', () => {
  const context = running({ namespaces: ['test', 'bar'] });

  for (const [name, value] of Object.entries(VALUES)) {
    it(`gives back ${name} as it was put`, async () => {
      const { client } = context();
      const key = newKey();
      await client.put(key, { bin: value });
      const { bins } = await client.get(key);
      assert.deepEqual(bins, { bin: value });
    });
  }

  it('gives back a double without fraction as a number', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { bin: new Double(3) });
    assert.deepEqual((await client.get(key)).bins, { bin: 3 });
  });

  for (const shape of [
    { type: 'Point', coordinates: [103.913, 1.308] },
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
  ]) {
    it(`gives back a GeoJSON ${shape.type}`, async () => {
      const { client } = context();
      const key = newKey();
      await client.put(key, { bin: new GeoJSON(shape) });
      assert.deepEqual(JSON.parse((await client.get(key)).bins.bin as string), shape);
    });
  }

  for (const text of [
    '{"type":"Point","coordinates":["here","there"]}',
    '{"type":"Point","coordinates":[0,91]}',
    '{"coordinates":[0,0]}',
    'no JSON',
  ]) {
    it(`refuses GeoJSON that is none: ${text}`, async () => {
      const { client } = context();
      await assert.rejects(client.put(newKey(), { bin: new GeoJSON(text) }), withCode(160));
    });
  }

  it('keeps its other bins when some are put', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1, b: 2 });
    await client.put(key, { b: 3, c: 4 });
    assert.deepEqual((await client.get(key)).bins, { a: 1, b: 3, c: 4 });
  });

  it('loses a bin that is put as null', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1, b: 2 });
    await client.put(key, { a: null });
    assert.deepEqual((await client.get(key)).bins, { b: 2 });
  });

  it('is gone with its last bin', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await client.put(key, { a: null });
    assert.equal(await client.exists(key), false);
  });

  it('gives only the bins that are selected', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1, b: 2, c: 3 });
    assert.deepEqual((await client.select(key, ['c', 'missing', 'a'])).bins, { c: 3, a: 1 });
  });

  it('cannot be asked for no bins', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await assert.rejects(client.select(key, []), withCode(4));
  });

  it('is found and written by its digest alone, and stays in its set', async () => {
    const { client } = context();
    const key = newKey('by-digest');
    await client.put(key, { a: 1 });
    const { digest } = key;
    assert.ok(digest);
    await client.put(new Aerospike.Key('test', null, null, digest), { b: 2 });
    const [record] = await client.scan('test', 'by-digest').results();
    assert.deepEqual(record?.bins, { a: 1, b: 2 });
  });

  it('exists from put to remove', async () => {
    const { client } = context();
    const key = newKey();
    assert.equal(await client.exists(key), false);
    await client.put(key, { a: 1 });
    assert.equal(await client.exists(key), true);
    await client.remove(key);
    assert.equal(await client.exists(key), false);
  });

  it('counts its generation from 1, again after being removed', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { a: 1 });
    await client.put(key, { a: 2 });
    assert.equal((await client.existsWithMetadata(key)).gen, 2);
    await client.remove(key);
    await client.put(key, { a: 3 });
    assert.equal((await client.get(key)).gen, 1);
  });

  it('belongs to one namespace and one set', async () => {
    const { client } = context();
    const keys = [
      new Aerospike.Key('test', 'one', 'same'),
      new Aerospike.Key('test', 'two', 'same'),
      new Aerospike.Key('test', null, 'same'),
      new Aerospike.Key('bar', 'one', 'same'),
    ];
    for (const [i, key] of keys.entries()) await client.put(key, { i });
    for (const [i, key] of keys.entries()) assert.deepEqual((await client.get(key)).bins, { i });
  });

  it('is found by a key of any type', async () => {
    const { client } = context();
    for (const name of ['text', 12_345, Buffer.from([1, 2, 3])]) {
      const key = new Aerospike.Key('test', 'set', name);
      await client.put(key, { a: 1 });
      assert.equal(await client.exists(key), true);
    }
  });

  it('has any number of bins', async () => {
    const { client } = context();
    const key = newKey();
    const bins = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`bin${i}`, i]));
    await client.put(key, bins);
    assert.deepEqual((await client.get(key)).bins, bins);
  });

  it('is one among many', async () => {
    const { client } = context();
    const keys = Array.from({ length: 2000 }, () => newKey('many'));
    const records = [];
    for (const [i, key] of keys.entries()) await client.put(key, { i });
    for (const key of keys) records.push(await client.get(key));
    assert.deepEqual(
      records.map(({ bins }) => bins.i),
      keys.map((_, i) => i),
    );
  });
});
