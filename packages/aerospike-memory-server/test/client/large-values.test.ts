import assert from 'node:assert/strict';
import Aerospike, { type Client } from 'aerospike';
import { Info2, OpType } from '../../src/protocol/bits';
import { ParticleType } from '../../src/protocol/particle';
import { key, message, resultCodeOf } from '../support/requests';
import { newKey, running, withCode } from '../support/running-server';
import { WireClient } from '../support/wire-client';

const { exp, lists, maps, operations: op } = Aerospike;

/** More than a record may have. */
const TOO_LARGE = 'x'.repeat(2 * 1024 * 1024);

describe('values that no record can hold', () => {
  const context = running();

  const REFUSED: readonly [
    name: string,
    code: number,
    call: (client: Client) => Promise<unknown>,
  ][] = [
    ['a list', 13, client => client.put(newKey(), { l: [TOO_LARGE] })],
    ['a map', 13, client => client.put(newKey(), { m: { a: TOO_LARGE } })],
    ['text', 13, client => client.put(newKey(), { s: TOO_LARGE })],
    ['an item', 13, client => client.operate(newKey(), [lists.append('l', TOO_LARGE)])],
    ['an append', 13, client => client.operate(newKey(), [op.append('s', TOO_LARGE)])],
    ['the arguments of a read', 16, readsWith(TOO_LARGE)],
    ['the arguments of a UDF', 16, client => client.apply(newKey(), udfWith(TOO_LARGE))],
    ['a filter', 16, filtersBy(TOO_LARGE)],
  ];

  for (const [name, code, call] of REFUSED) {
    it(`are refused with ${code}, and the next command is served: ${name}`, async () => {
      const { client } = context();
      await assert.rejects(call(client), withCode(code));
      const key = newKey();
      await client.put(key, { a: 1 });
      assert.deepEqual((await client.get(key)).bins, { a: 1 });
    });
  }
});

describe('a list that no record can hold', () => {
  const context = running();

  it('is refused with 13 before it is decoded', async () => {
    const wire = await WireClient.connect(context().server.port);
    // Decoded, these bytes would be refused with 4.
    const noMsgpack = Buffer.alloc(TOO_LARGE.length, 0xc1);
    for (const type of [OpType.WRITE, OpType.COLLECTION_MODIFY]) {
      const operations = [[type, ParticleType.LIST, 'l', noMsgpack]] as const;
      const request = message({ info2: Info2.WRITE, fields: key('large'), operations });
      assert.equal(resultCodeOf(await wire.request(request)), 13);
    }
    wire.close();
  });
});

function readsWith(value: string) {
  return async (client: Client): Promise<unknown> => {
    const key = newKey();
    await client.put(key, { l: [1] });
    return client.operate(key, [lists.getByValue('l', value)]);
  };
}

function udfWith(value: string) {
  return { module: 'module', funcname: 'one', args: [value] };
}

function filtersBy(value: string) {
  return async (client: Client): Promise<unknown> => {
    const key = newKey();
    await client.put(key, { s: 'a' });
    const filterExpression = exp.eq(exp.binStr('s'), exp.str(value));
    return client.get(key, new Aerospike.ReadPolicy({ filterExpression }));
  };
}

describe('many operations on a large list or map', () => {
  const context = running();
  const SIZE = 100_000;
  const COUNT = 200;
  const numbers = Array.from({ length: COUNT }, (_, i) => i);

  // Within the time that the client waits: decoded and encoded for each operation, they took more than a minute.
  it('take little longer than one', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { l: Array.from({ length: SIZE }, (_, i) => i % 100), m: { k0: 0 } });
    const appended = await client.operate(
      key,
      numbers.map(i => lists.append('l', i)),
    );
    assert.equal(appended.bins.l, SIZE + COUNT);
    await client.operate(
      key,
      numbers.map(i => lists.increment('l', i, 1)),
    );
    await client.operate(key, [lists.setOrder('l', lists.order.ORDERED)]);
    const sorted = await client.operate(
      key,
      numbers.map(() => lists.append('l', 50)),
    );
    assert.equal(sorted.bins.l, SIZE + 2 * COUNT);
  });

  it('see what those before them have changed, and read it too', async () => {
    const { client } = context();
    const key = newKey();
    const { bins } = await client.operate(key, [
      lists.append('l', 1),
      lists.append('l', 2),
      maps.put('m', 'a', 1),
      lists.get('l', 1),
      op.write('l', [7]),
      lists.append('l', 8),
      maps.put('m', 'b', 2),
      op.read('m'),
      op.read('l'),
    ]);
    assert.deepEqual(bins.m, { a: 1, b: 2 });
    assert.deepEqual(bins.l, [7, 8]);
    assert.deepEqual((await client.get(key)).bins, { l: [7, 8], m: { a: 1, b: 2 } });
  });

  it('leave the record as it was when one of them fails', async () => {
    const { client } = context();
    const key = newKey();
    await client.put(key, { l: [1], s: 'a' });
    const operations = [lists.append('l', 2), lists.append('s', 3)];
    await assert.rejects(client.operate(key, operations), withCode(12));
    assert.deepEqual((await client.get(key)).bins, { l: [1], s: 'a' });
  });
});
