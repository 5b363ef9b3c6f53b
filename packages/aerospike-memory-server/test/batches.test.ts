import assert from 'node:assert/strict';
import { messageStarts } from './support/answers';
import { message } from './support/requests';
import { loneNode } from './support/lone-node';

const HEADER_LENGTH = 8;
const LAST = 1;

const count = (rows: number): Buffer => Buffer.from([0, 0, 0, rows, 0x0d]);
const row = (kind: number, ...rest: number[]): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.alloc(20, 1), Buffer.from([kind, ...rest])]);

const NAMESPACE = [0, 0, 0, 5, 0, ...Buffer.from('test')];
/** info, generation or ttl, one field and no operation. */
const READ = row(0x0a, 0x03, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, ...NAMESPACE);

/** Requests that the client would not send, put to the node without a socket. */
describe('a batch', () => {
  /** Result code and info3 of each message, and the index of the row. */
  function answersTo(batch: Buffer, ...fields: [number, Buffer][]): number[][] {
    const node = loneNode();
    const request = message({ info1: 0x08, fields: [...fields, [41, batch]] });
    const body = request.subarray(HEADER_LENGTH);
    return [...node.answer({ type: 3, body }, '')].flatMap(frame =>
      messageStarts(frame).map(start => [
        frame.readUInt8(start + 5),
        frame.readUInt8(start + 3),
        frame.readUInt32BE(start + 14),
      ]),
    );
  }

  it('is answered row by row, and then with a last message', () => {
    assert.deepEqual(answersTo(Buffer.concat([count(2), READ, row(0x01)])), [
      [2, 0, 7],
      [2, 0, 7],
      [0, LAST, 0],
    ]);
  });

  it('has rows whose info is longer, and rows with a generation', () => {
    const rows = [
      row(0x12, 0x03, 0, 0, 0, 0, 1, 0, 0, ...NAMESPACE),
      row(0x06, 0x00, 0x83, 0, 0, 5, 0, 1, 0, 0, ...NAMESPACE),
      row(0x02, 0x00, 0x00, 0, 0, 1, 0, 0, ...NAMESPACE),
      row(0x02, 0x03, 0x00, 0, 0, 0, 0, 0),
    ];
    const codes = answersTo(Buffer.concat([count(4), ...rows])).map(([code]) => code);
    assert.deepEqual(codes, [2, 2, 4, 4, 0]);
  });

  const MALFORMED: Readonly<Record<string, Buffer>> = {
    'that is empty': Buffer.alloc(0),
    'without rows': count(0),
    'with fewer rows than it says': Buffer.concat([count(2), READ]),
    'with bytes after its rows': Buffer.concat([count(1), READ, Buffer.from([0])]),
    'whose first row repeats another': Buffer.concat([count(1), row(0x01)]),
    'with a row of another kind': Buffer.concat([count(1), row(0x22, 3, 0, 0, 0, 0, 0, 0)]),
    'with a row without info': Buffer.concat([count(1), row(0x08, 0, 0, 0, 0, 0, 0, 0, 0)]),
    'with a field beyond its end': Buffer.concat([count(1), READ.subarray(0, READ.length - 1)]),
  };
  for (const [what, batch] of Object.entries(MALFORMED)) {
    it(`${what} gets code 4 in its last message`, () => {
      assert.deepEqual(answersTo(batch), [[4, LAST, 0]]);
    });
  }

  it('cut off anywhere gets code 4', () => {
    const whole = Buffer.concat([count(2), READ, row(0x01)]);
    for (let length = 0; length < whole.length; length++) {
      assert.deepEqual(answersTo(whole.subarray(0, length)), [[4, LAST, 0]], `${length} bytes`);
    }
  });
});
