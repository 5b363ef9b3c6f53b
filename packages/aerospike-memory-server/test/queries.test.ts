import assert from 'node:assert/strict';
import type { ClusterNode } from '../src/cluster/cluster-node';
import { messageStarts } from './support/answers';
import {
  ALL_PARTITIONS,
  info,
  integer,
  key,
  message,
  resultCodeOf,
  type RequestParts,
} from './support/requests';
import { loneNode } from './support/lone-node';

const HEADER_LENGTH = 8;
const SCAN = { info1: 0x01, info3: 0x04 };
const ADD_ONE = [5, 1, 'n', integer(1)] as const;

type Fields = NonNullable<RequestParts['fields']>;

const IN_SET: Fields = [
  [0, 'test'],
  [1, 'set'],
];
const EVERYWHERE: Fields = [...IN_SET, [11, ALL_PARTITIONS]];

function range(bin: string, type: number, begin: Buffer, end = begin): Buffer {
  const sized = (bytes: Buffer): Buffer[] => [Buffer.of(0, 0, 0, bytes.length), bytes];
  const head = Buffer.of(1, bin.length, ...Buffer.from(bin), type);
  return Buffer.concat([head, ...sized(begin), ...sized(end)]);
}

/** Requests that the client would not send, put to the node without a socket. */
describe('a query', () => {
  let node: ClusterNode;

  beforeEach(() => {
    node = loneNode();
    send(info('sindex-create:namespace=test;set=set;indexname=i;bin=n;type=numeric'));
  });

  function send(frame: Buffer): Buffer[] {
    return [...answering(frame)];
  }

  function answering(frame: Buffer): Iterable<Buffer> {
    return node.answer({ type: frame[1] ?? 0, body: frame.subarray(HEADER_LENGTH) }, '');
  }

  function put(name: string, size: number): void {
    const value = Buffer.alloc(size, 'x');
    const operations = [
      [2, 1, 'n', integer(1)],
      [2, 3, 's', value],
    ] as const;
    send(message({ info2: 0x01, fields: key(name), operations }));
  }

  const REFUSED: readonly [what: string, parts: RequestParts, code: number][] = [
    ['that wants to be told of every partition', { info1: 0x01, fields: EVERYWHERE }, 16],
    ['that names no partitions', { ...SCAN, fields: IN_SET }, 16],
    ['with an unknown field', { ...SCAN, fields: [...EVERYWHERE, [99, 'x']] }, 16],
    ['with an unknown bit in info1', { info1: 0x11, info3: 0x04, fields: EVERYWHERE }, 16],
    ['without a namespace', { ...SCAN, fields: EVERYWHERE.slice(1) }, 4],
    ['of an unknown namespace', { ...SCAN, fields: [[0, 'nowhere'], ...EVERYWHERE.slice(1)] }, 20],
    ['with a partition that there is not', { ...SCAN, fields: [...IN_SET, [11, '\x00\x10']] }, 4],
    ['with half a partition', { ...SCAN, fields: [...IN_SET, [11, 'x']] }, 4],
    ['with half a digest', { ...SCAN, fields: [...IN_SET, [12, 'short']] }, 4],
    ['with a short maximum', { ...SCAN, fields: [...EVERYWHERE, [13, 'x']] }, 4],
    ['that is broken off', { ...SCAN, fields: [...EVERYWHERE, [22, '\x01\x05n']] }, 4],
    ['with a short number', ranged(range('n', 1, Buffer.of(1))), 4],
    ['whose range ends before it begins', ranged(range('n', 1, integer(2), integer(1))), 4],
    ['of a type without index', ranged(range('n', 2, integer(1))), 4],
    ['by place', ranged(range('n', 23, Buffer.from('{}'))), 16],
    ['without index', ranged(range('m', 1, integer(1))), 201],
    ['of an unknown kind of index', ranged(range('n', 1, integer(1)), [26, '\x09']), 4],
    ['that increments', { ...SCAN, fields: EVERYWHERE, operations: [ADD_ONE] }, 16],
    ['that aggregates without a function', { ...SCAN, fields: [...IN_SET, [33, '\x01']] }, 4],
    ['in the background without an id', { info2: 1, fields: IN_SET, operations: [ADD_ONE] }, 4],
    ['in the background without work', { info2: 1, fields: [...IN_SET, [7, integer(1)]] }, 4],
  ];

  function ranged(data: Buffer, ...more: Fields): RequestParts {
    return { ...SCAN, fields: [...EVERYWHERE, [22, data], ...more] };
  }

  for (const [what, parts, code] of REFUSED) {
    it(`${what} is refused with ${code}`, () => {
      put('k', 1);
      const [answer, ...others] = send(message(parts));
      assert.equal(answer && resultCodeOf(answer), code);
      assert.deepEqual(others, []);
    });
  }

  it('ends with a message of its own', () => {
    put('k', 1);
    const [records, last] = send(message({ ...SCAN, fields: EVERYWHERE }));
    assert.equal(records && messageStarts(records).length, 1);
    assert.equal(last?.toString('hex', HEADER_LENGTH, HEADER_LENGTH + 6), '160000010000');
  });

  it('that is short ends in the same frame', () => {
    put('k', 1);
    const frames = send(message({ ...SCAN, info1: 0x05, fields: EVERYWHERE }));
    assert.deepEqual(
      frames.map(frame => messageStarts(frame).length),
      [2],
    );
  });

  it('is answered in frames of limited size, made when they are taken', () => {
    for (let i = 0; i < 1000; i++) put(`${i}`, 1000);
    const frames = answering(message({ ...SCAN, fields: EVERYWHERE }))[Symbol.iterator]();
    const first = frames.next().value as Buffer;
    send(message({ info2: 1, fields: [...IN_SET, [7, integer(1)]], operations: [[14, 0, '']] }));
    let length = first.length;
    for (let next = frames.next(); !next.done; next = frames.next()) length += next.value.length;
    assert.ok(first.length < 70_000, `${first.length} bytes`);
    assert.ok(length < 2 * first.length, 'what is removed meanwhile is not sent');
  });
});
