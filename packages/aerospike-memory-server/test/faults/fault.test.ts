import assert from 'node:assert/strict';
import { resolveFault, type Fault } from '../../src/faults/fault';

describe('a fault', () => {
  it('is copied, without what is undefined', () => {
    const given = { match: { command: 'read', set: undefined }, times: undefined, stall: true };
    assert.deepEqual(resolveFault(given as unknown as Fault), {
      match: { command: 'read' },
      stall: true,
    });
  });

  const ALLOWED: readonly Fault[] = [
    { latencyMs: 0 },
    { resultCode: 255, times: 1 },
    { drop: true, match: {} },
    { drop: 'half', match: { namespace: 'test', set: '' } },
    { stall: true, match: { command: 'background query' } },
    { stall: true, match: { command: 'info', info: 'sindex-create' } },
    { stall: true, match: { node: 'B1' } },
  ];

  for (const fault of ALLOWED) {
    it(`may be ${JSON.stringify(fault)}`, () => {
      assert.deepEqual(resolveFault(fault), fault);
    });
  }

  const WRONG: readonly [fault: unknown, message: RegExp][] = [
    [undefined, /^fault must be an object such as \{ stall: true \}, not undefined$/],
    [null, /^fault must be an object .*, not null$/],
    [[], /^fault must be an object .*, not \[\]$/],
    ['stall', /^fault must be an object .*, not 'stall'$/],
    [{}, /^a fault has exactly one of latencyMs, resultCode, drop, stall; this one has none$/],
    [{ stall: true, drop: true }, /this one has drop and stall$/],
    [{ latencyMs: -1 }, /^latencyMs must be a whole number from 0 to 2147483647, not -1$/],
    [{ latencyMs: '5' }, /^latencyMs must be .*, not '5'$/],
    [{ resultCode: 0 }, /^resultCode must be a whole number from 1 to 255, not 0$/],
    [{ drop: false }, /^drop must be true or 'half', not false$/],
    [{ stall: 1 }, /^stall must be true, not 1$/],
    [{ stall: true, times: 0 }, /^times must be a whole number from 1 to \d+, not 0$/],
    [{ stall: true, times: 1.5 }, /^times must be .*, not 1\.5$/],
    [{ stall: true, time: 1 }, /^unknown option 'time': did you mean 'times'\?$/],
    [{ stall: true, latency: 1 }, /^unknown option 'latency': did you mean 'latencyMs'\?$/],
    [{ stall: true, match: 'read' }, /^match must be an object such as .*, not 'read'$/],
    [
      { stall: true, match: { command: 'get' } },
      /^match\.command must be 'read' or .*, not 'get'$/,
    ],
    [{ stall: true, match: { namespace: 1 } }, /^match\.namespace must be .*, not 1$/],
    [{ stall: true, match: { set: null } }, /^match\.set must be .*, not null$/],
    [
      { stall: true, match: { bin: 'b' } },
      /^unknown option 'match\.bin': the options are match\.command, .* and match\.info$/,
    ],
    [
      { stall: true, match: { sets: 'b' } },
      /^unknown option 'match\.sets': did you mean 'match\.set'\?$/,
    ],
    [{ stall: true, match: { info: 'build' } }, /^match\.info goes with the command 'info' only$/],
    [{ stall: true, match: { node: 1 } }, /^match\.node must be the name of a node, .*, not 1$/],
  ];

  for (const [fault, message] of WRONG) {
    it(`is checked: ${JSON.stringify(fault)}`, () => {
      assert.throws(() => resolveFault(fault as Fault), { name: 'TypeError', message });
    });
  }
});
