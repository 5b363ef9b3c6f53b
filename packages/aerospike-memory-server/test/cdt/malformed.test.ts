import assert from 'node:assert/strict';
import { modifyCollection, readCollection } from '../support/bin-collections';
import { ParticleType, type Particle } from '../../src/protocol/particle';
import { CommandError } from '../../src/protocol/result-code';

const LIST: Particle = { type: ParticleType.LIST, bytes: Buffer.from('93010203', 'hex') };
const MAP: Particle = { type: ParticleType.MAP, bytes: Buffer.from('82c70001c0a2036101', 'hex') };

/** Bin, payload, code. */
const READS: Readonly<Record<string, [bin: Particle, payload: string, code: number]>> = {
  'nothing at all': [LIST, '', 4],
  'half an opcode': [LIST, '00', 4],
  'no list': [LIST, '10', 4],
  'an empty list': [LIST, '90', 4],
  'an opcode that is no integer': [LIST, '91a20361', 4],
  'an opcode that nobody has': [LIST, '91cd0400', 16],
  'a selection by a path': [LIST, '93ccfe9200a100 00', 16],
  'a missing argument': [LIST, '9111', 4],
  'an argument too many': [LIST, '93110102', 4],
  'an index that is text': [LIST, '9211a20361', 4],
  'a list of values that is none': [LIST, '93170701', 4],
  'a modification': [LIST, '920101', 4],
  'a return type that lists do not have': [LIST, '93130600', 26],
  'a return type that nobody has': [LIST, '93130e00', 26],
  'a return type that describes a range': [LIST, '941809 0002', 16],
  'an inverted single element': [LIST, '9313ce0001000700', 26],
  'an inverted selection that may exist': [LIST, '9418ce0001000d0001', 16],
  'a context without steps': [LIST, '93ccff909110', 4],
  'a context with half a step': [LIST, '93ccff91109110', 4],
  'a context without operation': [LIST, '92ccff921000', 4],
  'a context in a context': [LIST, '93ccff92100093ccff9210009110', 4],
  'a context step of a kind that is missing': [LIST, '93ccff9214c09110', 16],
  'a context step with text as index': [LIST, '93ccff9210a203619110', 4],
};

const MODIFICATIONS: typeof READS = {
  'a read': [LIST, '9110', 4],
  'a wildcard as element': [LIST, '9201d4ff00', 4],
  'a map with a key twice as element': [LIST, '92018201020103', 4],
  'items that are no list': [LIST, '920201', 4],
  'an order that nobody has': [LIST, '920002', 26],
  'an index that is kept': [LIST, '920011', 16],
  'a map key that is a list': [MAP, '9443900100', 4],
  'a map key that is a double': [MAP, '9443cb3ff80000000000000100', 4],
  'map items that are no map': [MAP, '9344910100', 4],
  'an ordered map out of order': [MAP, '934483c70001c00201010100', 4],
  'a delta that is text': [MAP, '9449a20361a2036200', 4],
};

const buffer = (payload: string): Buffer => Buffer.from(payload.replaceAll(' ', ''), 'hex');

function codeOf(run: () => unknown): number {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof CommandError, String(error));
    return error.resultCode;
  }
  return 0;
}

/** A generator of numbers from 0 to below 1 that are the same in every run. */
function* deterministicNumbers(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 0x7fffffff;
    yield state / 0x7fffffff;
  }
}

describe('malformed list and map operations', () => {
  for (const [name, [bin, payload, code]] of Object.entries(READS)) {
    it(`are refused as reads: ${name}`, () => {
      assert.equal(
        codeOf(() => readCollection(bin, buffer(payload))),
        code,
      );
    });
  }

  for (const [name, [bin, payload, code]] of Object.entries(MODIFICATIONS)) {
    it(`are refused as modifications: ${name}`, () => {
      assert.equal(
        codeOf(() => modifyCollection(bin, buffer(payload))),
        code,
      );
    });
  }

  it('end in a result code, whatever the bytes', () => {
    const numbers = deterministicNumbers();
    const below = (limit: number): number => Math.floor(numbers.next().value * limit);
    for (let i = 0; i < 20_000; i++) {
      const payload = Buffer.from(
        Array.from({ length: 2 + below(12) }, () => (below(2) === 0 ? below(8) : below(256))),
      );
      payload[0] = 0x90 + payload.length - 1;
      payload[1] = below(112);
      for (const bin of [LIST, MAP, undefined]) {
        codeOf(() => readCollection(bin, payload));
        codeOf(() => modifyCollection(bin, payload));
      }
    }
  });
});
