import assert from 'node:assert/strict';
import type { FaultMatch } from '../../src/faults/fault';
import { Faults } from '../../src/faults/faults';
import type { Step } from '../../src/network/step';
import { frame, get, info, key, message, put, resultCodeOf } from '../support/requests';

const HEADER_LENGTH = 8;
const ANSWER = Buffer.from('0123456789');

/** A batch that reads a record of each set. */
function batch(...sets: readonly string[]): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(sets.length);
  const rows = sets.map((set, index) => {
    const prefix = Buffer.alloc(25);
    prefix.writeUInt32BE(index);
    prefix[24] = 0x02;
    const fields = message({ fields: key('k', set).slice(0, 2) }).subarray(HEADER_LENGTH + 22);
    return Buffer.concat([prefix, Buffer.from([3, 0, 0, 0, 2, 0, 0]), fields]);
  });
  return message({ info1: 0x08, fields: [[41, Buffer.concat([head, ...rows])]] });
}

const place = key('k').slice(0, 2);

const REQUESTS = {
  get: get('k'),
  put: put('k', 1),
  remove: message({ info2: 3, fields: key('k') }),
  apply: message({ info2: 1, fields: [...key('k'), [30, 'module']] }),
  transaction: message({ info1: 3, fields: [...key('k'), [5, Buffer.alloc(8)]] }),
  batch: batch('a', 'set'),
  query: message({ info1: 1, fields: place }),
  'background query': message({ info2: 1, fields: place }),
  aggregation: message({ info1: 1, fields: [...place, [33, Buffer.of(1)]] }),
  'get without set': get('k', ''),
  'get elsewhere': message({ info1: 3, fields: key('k', 'set', 'other') }),
  info: info('build\nedition\n'),
  login: frame(2, Buffer.alloc(16)),
  malformed: frame(3, Buffer.alloc(10)),
  'malformed batch': message({ info1: 0x08, fields: [[41, Buffer.of(1)]] }),
  'neither read nor write': message({ fields: key('k') }),
};

type RequestName = keyof typeof REQUESTS;

function stepsOf(faults: Faults, name: RequestName): Step[] {
  const request = REQUESTS[name];
  const answer = faults.intercept(() => [ANSWER, ANSWER], 'B1');
  const body = request.subarray(HEADER_LENGTH);
  return [...answer({ type: request.readUInt8(1), body }, '127.0.0.1:3000')];
}

/** What becomes of a request; bytes as text. */
function steps(faults: Faults, name: RequestName): (string | object)[] {
  return stepsOf(faults, name).map(step => (Buffer.isBuffer(step) ? step.toString() : step));
}

/** The bytes that a request is answered with. */
function bytesOf(faults: Faults, name: RequestName): Buffer {
  return Buffer.concat(stepsOf(faults, name).filter(step => Buffer.isBuffer(step)));
}

describe('a fault of one node', () => {
  it('strikes what is sent to that node alone', () => {
    const faults = new Faults();
    faults.add({ match: { node: 'B1' }, stall: true });
    const { type, body } = { type: 3, body: REQUESTS.get.subarray(HEADER_LENGTH) };
    const struck = ['A1', 'B1'].map(node => [
      ...faults.intercept(() => [ANSWER], node)({ type, body }, '127.0.0.1:3000'),
    ]);
    assert.deepEqual(struck, [[ANSWER], ['stall']]);
  });
});

describe('a fault strikes', () => {
  const IN_TEST_SET: RequestName[] = [
    'get',
    'put',
    'remove',
    'apply',
    'transaction',
    'batch',
    'query',
    'background query',
    'aggregation',
  ];
  const MATCHES: readonly [match: FaultMatch | undefined, struck: readonly RequestName[]][] = [
    [undefined, [...IN_TEST_SET, 'get without set', 'get elsewhere']],
    [{}, [...IN_TEST_SET, 'get without set', 'get elsewhere']],
    [{ command: 'read' }, ['get', 'get without set', 'get elsewhere']],
    [{ command: 'write' }, ['put']],
    [{ command: 'remove' }, ['remove']],
    [{ command: 'apply' }, ['apply']],
    [{ command: 'transaction' }, ['transaction']],
    [{ command: 'batch' }, ['batch']],
    [{ command: 'query' }, ['query']],
    [{ command: 'background query' }, ['background query']],
    [{ command: 'aggregation' }, ['aggregation']],
    [{ command: 'info' }, ['info']],
    [{ command: 'info', info: 'edition' }, ['info']],
    [{ command: 'info', info: 'namespaces' }, []],
    [{ command: 'info', namespace: 'test' }, []],
    [{ namespace: 'test' }, [...IN_TEST_SET, 'get without set']],
    [{ namespace: 'other' }, ['get elsewhere']],
    [{ set: 'set' }, [...IN_TEST_SET, 'get elsewhere']],
    [{ set: '' }, ['get without set']],
    [{ set: 'a' }, ['batch']],
    [{ namespace: 'other', set: 'a' }, []],
    [{ command: 'read', namespace: 'test', set: 'set' }, ['get']],
  ];

  for (const [match, struck] of MATCHES) {
    it(`${struck.join(', ') || 'nothing'} when it matches ${JSON.stringify(match)}`, () => {
      const faults = new Faults();
      faults.add({ ...(match && { match }), stall: true });
      const names = Object.keys(REQUESTS) as RequestName[];
      const found = names.filter(name => steps(faults, name).includes('stall'));
      assert.deepEqual(
        found,
        names.filter(name => struck.includes(name)),
      );
    });
  }
});

describe('faults', () => {
  let faults: Faults;
  const untouched = [ANSWER.toString(), ANSWER.toString()];

  beforeEach(() => {
    faults = new Faults();
  });

  it('do what they say', () => {
    faults.add({ latencyMs: 5, times: 1 });
    faults.add({ drop: true, times: 1 });
    faults.add({ drop: 'half', times: 1 });
    faults.add({ stall: true, times: 1 });
    assert.deepEqual(steps(faults, 'get'), [{ waitMs: 5 }, ...untouched]);
    assert.deepEqual(steps(faults, 'get'), ['close']);
    assert.deepEqual(steps(faults, 'get'), ['01234', 'close']);
    assert.deepEqual(steps(faults, 'get'), ['stall']);
    assert.deepEqual(steps(faults, 'get'), untouched);
  });

  it('answer with a result code: alone, as the last of a batch, or as text', () => {
    faults.add({ resultCode: 14 });
    faults.add({ resultCode: 14, match: { command: 'info' } });
    const answers = (['get', 'batch'] as const).map(name => bytesOf(faults, name));
    assert.deepEqual(answers.map(resultCodeOf), [14, 14]);
    const info3 = answers.map(answer => answer.readUInt8(HEADER_LENGTH + 3));
    assert.deepEqual(info3, [0, 1]);
    const text = bytesOf(faults, 'info').subarray(HEADER_LENGTH).toString();
    assert.equal(text, 'build\tERROR:14:injected fault\nedition\tERROR:14:injected fault\n');
  });

  it('strike in the order in which they were injected', () => {
    faults.add({ stall: true, match: { set: 'set' }, times: 1 });
    faults.add({ drop: true });
    faults.add({ latencyMs: 1 });
    assert.deepEqual(steps(faults, 'get without set'), ['close']);
    assert.deepEqual(steps(faults, 'get'), ['stall']);
    assert.deepEqual(steps(faults, 'get'), ['close']);
  });

  it('strike as many times as they say, and only matching commands count', () => {
    faults.add({ stall: true, match: { command: 'write' }, times: 3 });
    const struck = (['put', 'get', 'put', 'get', 'put', 'put'] as const).map(
      name => steps(faults, name)[0] === 'stall',
    );
    assert.deepEqual(struck, [true, false, true, false, true, false]);
  });

  it('strike until they are cleared when they do not say how many times', () => {
    faults.add({ stall: true });
    for (let i = 0; i < 100; i++) assert.deepEqual(steps(faults, 'get'), ['stall']);
    faults.clear();
    assert.deepEqual(steps(faults, 'get'), untouched);
  });
});
