import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { compressed } from '../src/prometheus/compression';

describe('a compressed answer', () => {
  it('is what it was, once it is unpacked', async () => {
    const pieces = ['text ', Buffer.from([0, 255]), 'é'.repeat(2 ** 15)];
    const chunks = [];
    for await (const chunk of compressed(pieces)) chunks.push(chunk);
    const expected = Buffer.concat(pieces.map(piece => Buffer.from(piece)));
    assert(gunzipSync(Buffer.concat(chunks)).equals(expected));
  });

  it('can be empty', async () => {
    const chunks = [];
    for await (const chunk of compressed([])) chunks.push(chunk);
    assert.equal(gunzipSync(Buffer.concat(chunks)).length, 0);
  });

  it('takes no more pieces than are read, and ends them when nobody reads on', async () => {
    let taken = 0;
    let end: () => void;
    const ended = new Promise<void>(resolve => (end = resolve));
    function* pieces(): Generator<string, void> {
      try {
        // Text that cannot be compressed, so that each piece gives some to read.
        for (; taken < 1000; taken++) yield randomText();
      } finally {
        end();
      }
    }
    for await (const chunk of compressed(pieces())) {
      assert(chunk.length > 0);
      break;
    }
    assert(taken < 10, `${taken} pieces were taken`);
    await ended;
  });

  it('fails as its pieces do', async () => {
    const failing = (function* (): Generator<string, void> {
      yield 'text';
      throw new Error('no more');
    })();
    await assert.rejects(async () => {
      for await (const chunk of compressed(failing)) assert(chunk);
    }, /no more/);
  });
});

function randomText(): string {
  return Array.from({ length: 2 ** 12 }, () => Math.random().toString(36).slice(2)).join('');
}
