import assert from 'node:assert/strict';
import type { ClusterNode } from '../src/cluster/cluster-node';
import {
  generationOf,
  integer,
  key,
  message,
  resultCodeOf,
  type RequestParts,
} from './support/requests';
import { loneNode } from './support/lone-node';

const HEADER_LENGTH = 8;
const WRITE_ONE = [2, 1, 'i', integer(1)] as const;
const INCREMENT_ONE = [5, 1, 'i', integer(1)] as const;

function bins(count: number): NonNullable<RequestParts['operations']> {
  return Array.from({ length: count }, (_, i) => [2, 1, `bin${i}`, integer(i)] as const);
}

function answerOf(node: ClusterNode, body: Buffer): Buffer {
  return Buffer.concat([...node.answer({ type: 3, body }, '127.0.0.1:3000')]);
}

/** Requests that the client would not send, put to the node without a socket. */
describe('a command', () => {
  let node: ClusterNode;

  beforeEach(() => {
    node = loneNode();
  });

  function answer(parts: RequestParts): Buffer {
    const frame = message({ fields: key('k'), ...parts });
    return answerOf(node, frame.subarray(HEADER_LENGTH));
  }

  function resultCode(parts: RequestParts): number {
    return resultCodeOf(answer(parts));
  }

  function putOne(): void {
    assert.equal(resultCode({ info2: 0x01, operations: [WRITE_ONE] }), 0);
  }

  const REFUSED: readonly [what: string, parts: RequestParts, code: number][] = [
    ['that neither reads nor writes', {}, 4],
    ['without a digest', { info1: 0x03, fields: key('k').slice(0, 2) }, 16],
    [
      'with a short digest',
      {
        info1: 0x03,
        fields: [
          [0, 'test'],
          [4, 'short'],
        ],
      },
      4,
    ],
    ['without a namespace', { info1: 0x03, fields: key('k').slice(1) }, 4],
    ['for an unknown namespace', { info1: 0x03, fields: key('k', 'set', 'nowhere') }, 20],
    ['with an unknown field', { info1: 0x03, fields: [...key('k'), [99, 'x']] }, 16],
    ['with an unknown bit in info1', { info1: 0x13 }, 16],
    ['with an unknown bit in info2', { info2: 0x41, operations: [WRITE_ONE] }, 16],
    ['with an unknown bit in info3', { info1: 0x03, info3: 0x04 }, 16],
    ['that touches what it reads', { info1: 0x03, ttl: 80 }, 16],
    ['that touches after more than all of the time', { info1: 0x03, ttl: 101 }, 4],
    ['with a bit in info4', { info1: 0x03, info4: 1 }, 16],
    ['in a transaction', { info1: 0x03, fields: [...key('k'), [5, integer(1)]] }, 25],
    ['that applies half a UDF', { info2: 0x01, fields: [...key('k'), [30, 'module']] }, 4],
    ['that writes and reads all bins', { info1: 0x03, info2: 0x01, operations: [WRITE_ONE] }, 16],
    ['with an operation without bin name', { info2: 1, operations: [[2, 1, '', integer(1)]] }, 4],
    ['with an unknown operation', { info2: 1, operations: [[99, 1, 'i', integer(1)]] }, 4],
    ['with a bits operation', { info2: 1, operations: [[13, 4, 'b', Buffer.of(0x90)]] }, 16],
    ['with an HLL operation', { info2: 1, operations: [[16, 4, 'h', Buffer.of(0x90)]] }, 16],
    ['with a long bin name', { info2: 1, operations: [[2, 1, 'x'.repeat(16), integer(1)]] }, 21],
    ['with a NUL in a bin name', { info2: 1, operations: [[2, 1, 'a\0b', integer(1)]] }, 21],
    ['with 32,769 operations', { info2: 1, operations: Array(0x8001).fill(WRITE_ONE) }, 4],
    ['that writes 32,768 bins', { info2: 1, operations: bins(0x8000) }, 4],
    ['with a long set', { info2: 1, fields: key('k', 's'.repeat(64)), operations: [WRITE_ONE] }, 4],
    [
      'with more than ten years to live',
      { info2: 1, ttl: 400_000_000, operations: [WRITE_ONE] },
      4,
    ],
    ...['', '\x01short', '\x02a double', '\xff'].map((userKey): [string, RequestParts, number] => [
      `with the malformed key ${JSON.stringify(userKey)}`,
      {
        info2: 1,
        fields: [...key('k'), [2, Buffer.from(userKey, 'latin1')]],
        operations: [WRITE_ONE],
      },
      4,
    ]),
    ['that increments and replaces', { info2: 1, info3: 0x10, operations: [INCREMENT_ONE] }, 4],
    ['that deletes and replaces', { info2: 1, info3: 0x10, operations: [[14, 0, '']] }, 4],
    [
      'that removes a bin and replaces',
      { info2: 1, info3: 0x10, operations: [WRITE_ONE, [2, 0, 'gone']] },
      4,
    ],
    ['that reads without saying so', { info2: 1, operations: [WRITE_ONE, [1, 0, 'i']] }, 4],
    ['that writes a short integer', { info2: 1, operations: [[2, 1, 'i', Buffer.alloc(4)]] }, 4],
    ['that writes a broken list', { info2: 1, operations: [[2, 20, 'l', Buffer.of(0x92)]] }, 4],
    ['that writes a list as a map', { info2: 1, operations: [[2, 19, 'm', Buffer.of(0x90)]] }, 4],
    ['that writes an unknown type', { info2: 1, operations: [[2, 77, 'x', Buffer.of(1)]] }, 16],
    ['that writes a null only', { info2: 1, operations: [[2, 0, 'i']] }, 2],
    ['that increments by a string', { info2: 1, operations: [[5, 3, 'i', Buffer.from('1')]] }, 12],
    ['that appends an integer', { info2: 1, operations: [[9, 1, 'i', integer(1)]] }, 12],
    [
      'that expects a generation of what is not',
      { info2: 5, generation: 3, operations: [WRITE_ONE] },
      3,
    ],
  ];

  for (const [what, parts, code] of REFUSED) {
    it(`${what} is refused with ${code} and changes nothing`, () => {
      assert.equal(resultCode(parts), code);
      assert.equal(resultCode({ info1: 0x03 }), 2);
    });
  }

  it('that writes 32,767 bins is the biggest', () => {
    assert.equal(resultCode({ info2: 1, operations: bins(0x7fff) }), 0);
    assert.equal(resultCode({ info2: 1, operations: [[2, 1, 'one more', integer(1)]] }), 4);
  });

  it('that reads neither all bins nor any is refused', () => {
    putOne();
    assert.equal(resultCode({ info1: 0x01 }), 4);
  });

  it('that reads and has a write among its operations is refused', () => {
    putOne();
    assert.equal(resultCode({ info1: 0x01, operations: [WRITE_ONE] }), 4);
  });

  it('for a record in another set than the digest says is refused', () => {
    putOne();
    const fields = [[0, 'test'], [1, 'other'], ...key('k').slice(2)] as [number, Buffer][];
    assert.equal(resultCode({ info2: 1, fields, operations: [WRITE_ONE] }), 4);
  });

  it('for a record whose set it does not name leaves it there', () => {
    putOne();
    const [namespace, , digest] = key('k') as [[number, string], unknown, [number, Buffer]];
    const fields = [namespace, digest];
    assert.equal(resultCode({ info2: 1, fields, operations: [INCREMENT_ONE] }), 0);
    assert.equal(resultCode({ info2: 1, operations: [INCREMENT_ONE] }), 0);
  });

  it('is answered for every operation when it asks for that', () => {
    const operations = [WRITE_ONE, [1, 0, 'i'], [1, 0, 'no'], [11, 0, ''], [14, 0, '']] as const;
    putOne();
    const answered = answer({ info1: 0x01, info2: 0x81, operations });
    assert.equal(resultCodeOf(answered), 0);
    assert.equal(answered.readUInt16BE(HEADER_LENGTH + 20), operations.length);
  });

  it('starts the generation anew after 65535', () => {
    const parts = { info2: 0x01, fields: key('k'), operations: [WRITE_ONE] };
    const body = message(parts).subarray(HEADER_LENGTH);
    for (let generation = 1; generation <= 65_535; generation++) answerOf(node, body);
    assert.equal(generationOf(answer({ info1: 0x03 })), 65_535);
    assert.equal(generationOf(answer({ info2: 0x01, operations: [WRITE_ONE] })), 1);
  });

  it('with another user key than the stored one is refused', () => {
    const sent = (name: string): RequestParts['fields'] => [...key('k'), [2, `\x03${name}`]];
    assert.equal(resultCode({ info2: 0x01, fields: sent('a') ?? [], operations: [WRITE_ONE] }), 0);
    for (const parts of [{ info1: 0x03 }, { info2: 0x03 }, { info2: 1, operations: [WRITE_ONE] }]) {
      assert.equal(resultCode({ ...parts, fields: sent('b') ?? [] }), 19);
    }
  });

  it('that empties a record durably is refused', () => {
    putOne();
    assert.equal(resultCode({ info2: 0x11, operations: [[14, 0, '']] }), 25);
    assert.equal(resultCode({ info1: 0x03 }), 0);
  });

  it('does not keep the memory of the request it came in', () => {
    const frame = message({
      info2: 1,
      fields: key('k'),
      operations: [[2, 3, 's', Buffer.from('abc')]],
    });
    answerOf(node, frame.subarray(HEADER_LENGTH));
    frame.fill(0xff);
    const answered = answer({ info1: 0x03 });
    assert.equal(answered.subarray(-3).toString(), 'abc');
  });
});

describe('a compressed message', () => {
  it('is refused, even when it is none', () => {
    const node = loneNode();
    for (const body of [Buffer.alloc(0), Buffer.alloc(8), Buffer.alloc(2000, 'x')]) {
      const answer = Buffer.concat([...node.answer({ type: 4, body }, '127.0.0.1:3000')]);
      assert.equal(resultCodeOf(answer), 25);
    }
  });
});

describe('a malformed message', () => {
  const node = loneNode();
  const valid = message({
    info2: 1,
    fields: [...key('k'), [2, '\x03k']],
    operations: [WRITE_ONE, [9, 3, 's', Buffer.from('x')]],
  }).subarray(HEADER_LENGTH);

  function resultCode(body: Buffer): number {
    return resultCodeOf(answerOf(node, body));
  }

  it('is refused wherever it is cut off', () => {
    for (let length = 0; length < valid.length; length++) {
      assert.equal(resultCode(valid.subarray(0, length)), 4, `cut after ${length} bytes`);
    }
    assert.equal(resultCode(valid), 0);
  });

  it('is refused with bytes after its end', () => {
    assert.equal(resultCode(Buffer.concat([valid, Buffer.of(0)])), 4);
  });

  it('never leads to anything but an answer, whichever byte is wrong', () => {
    const known = new Set([0, 2, 3, 4, 5, 12, 13, 16, 19, 20, 21, 25, 27]);
    for (let i = 0; i < valid.length; i++) {
      for (const wrong of [0x00, 0x7f, 0x80, 0xff]) {
        const body = Buffer.from(valid);
        body[i] = wrong;
        assert.ok(known.has(resultCode(body)), `byte ${i} = ${wrong}`);
      }
    }
  });
});
