import assert from 'node:assert/strict';
import { modifyCollection, readCollection } from '../support/bin-collections';
import { ParticleType, type Particle } from '../../src/protocol/particle';
import { CommandError } from '../../src/protocol/result-code';

const READ = 3;
const MODIFY = 4;

/** Step, op, bin, payload as the client sent it, and what the server answered: particle type and bytes, or a code. */
type Step = [name: string, op: number, bin: string, payload: string, answer: string | number];

/** The list and map operations of one record, in the order in which a real server answered them. */
const STEPS: readonly Step[] = [
  ['append', MODIFY, 'l', '920104', '1:0000000000000004'],
  ['append items', MODIFY, 'l', '92029205a403736978', '1:0000000000000006'],
  ['size', READ, 'l', '9110', '1:0000000000000006'],
  ['get', READ, 'l', '921101', '1:0000000000000002'],
  ['get range', READ, 'l', '93120102', '20:920203'],
  ['pop', MODIFY, 'l', '9205ff', '3:736978'],
  ['insert', MODIFY, 'l', '93030000', '1:0000000000000006'],
  ['remove', MODIFY, 'l', '920700', '1:0000000000000001'],
  ['set', MODIFY, 'l', '93090064', ''],
  ['increment', MODIFY, 'l', '930c0005', '1:0000000000000069'],
  ['trim', MODIFY, 'l', '930a0003', '1:0000000000000002'],
  ['get by index range', READ, 'l', '9418070002', '20:926902'],
  ['get beyond the end', READ, 'l', '921163', 26],
  ['append to a missing bin', MODIFY, 'l2', '9201a6036669727374', '1:0000000000000001'],
  ['append to a string', MODIFY, 's', '920101', 12],
  ['clear', MODIFY, 'l2', '910b', ''],
  ['put', MODIFY, 'm', '9443a203620200', '1:0000000000000002'],
  ['put items', MODIFY, 'm', '934483c70001c0a2036303a203640400', '1:0000000000000004'],
  ['get by key', READ, 'm', '936107a20362', '1:0000000000000002'],
  ['get by a missing key', READ, 'm', '936107a3037a7a', ''],
  ['map increment', MODIFY, 'm', '9449a203610a00', '1:000000000000000b'],
  ['map size', READ, 'm', '9160', '1:0000000000000004'],
  ['remove by key', MODIFY, 'm', '934c07a20364', '1:0000000000000004'],
  ['put into a missing, key-ordered map', MODIFY, 'm2', '9443a203780101', '1:0000000000000001'],
  ['put create-only where the key exists', MODIFY, 'm', '9543a20361010001', 24],
  ['append beside a put', MODIFY, 'l', '920107', '1:0000000000000004'],
  ['put beside an append', MODIFY, 'm', '9443a203650500', '1:0000000000000004'],
];

/** The older client's payloads for the same operations. */
const OLDER_STEPS: readonly Step[] = [
  ['append', MODIFY, 'l', '00019104', '1:0000000000000004'],
  ['size', READ, 'l', '0010', '1:0000000000000004'],
  ['put', MODIFY, 'm', '004393a203620200', '1:0000000000000002'],
  ['get by key', READ, 'm', '00619207a20362', '1:0000000000000002'],
];

const particle = (type: number, bytes: string): Particle => ({
  type,
  bytes: Buffer.from(bytes, 'hex'),
});

function apply(bins: Map<string, Particle>, [, op, name, payload]: Step): Particle | undefined {
  const call = Buffer.from(payload, 'hex');
  if (op === READ) return readCollection(bins.get(name), call);
  const { bin, result } = modifyCollection(bins.get(name), call);
  if (bin) bins.set(name, bin);
  return result;
}

function answerTo(bins: Map<string, Particle>, step: Step): string | number {
  try {
    const result = apply(bins, step);
    return result ? `${result.type}:${result.bytes.toString('hex')}` : '';
  } catch (error) {
    assert.ok(error instanceof CommandError);
    return error.resultCode;
  }
}

function freshBins(): Map<string, Particle> {
  return new Map([
    ['l', particle(ParticleType.LIST, '93010203')],
    ['m', particle(ParticleType.MAP, '82c70001c0a2036101')],
    ['s', particle(ParticleType.STRING, '616263')],
  ]);
}

describe('recorded list and map operations', () => {
  const bins = freshBins();
  for (const step of STEPS) {
    it(`answers as the real server: ${step[0]}`, () => {
      assert.equal(answerTo(bins, step), step[4]);
    });
  }

  it('leave the bins that the real server had in the end', () => {
    const left = [...bins].map(([name, { bytes }]) => [name, bytes.toString('hex')]);
    assert.deepEqual(Object.fromEntries(left), {
      l: '9469020307',
      l2: '90',
      m: '85c70001c0a203610ba2036202a2036303a2036505',
      m2: '82c70001c0a2037801',
      s: '616263',
    });
  });
});

describe('recorded operations of the older client', () => {
  const bins = freshBins();
  for (const step of OLDER_STEPS) {
    it(`answers as the real server: ${step[0]}`, () => {
      assert.equal(answerTo(bins, step), step[4]);
    });
  }
});
