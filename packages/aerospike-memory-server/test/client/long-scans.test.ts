import assert from 'node:assert/strict';
import { fill, numbersOf } from '../support/numbers';
import { running } from '../support/running-server';

describe('scans of many records', () => {
  const context = running();
  const MANY = 20_000;

  before(async () => {
    await fill(context().client, 'many', MANY);
  });

  it('give all of them', async () => {
    const records = await context().client.scan('test', 'many').results();
    assert.equal(new Set(numbersOf(records)).size, MANY);
  });

  it('can be aborted, and the server goes on', async () => {
    const { client } = context();
    const count = await new Promise<number>((resolve, reject) => {
      let seen = 0;
      const stream = client.scan('test', 'many').foreach();
      stream.on('data', () => {
        if (++seen === 10) stream.abort();
      });
      stream.on('error', reject);
      stream.on('end', () => {
        resolve(seen);
      });
    });
    assert.ok(count < MANY);
    assert.equal((await client.scan('test', 'many').results()).length, MANY);
  });
});
