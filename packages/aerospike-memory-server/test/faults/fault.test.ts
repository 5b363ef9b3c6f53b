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
    [undefined, /A fault is an object such as { stall: true }/],
    [null, /A fault is an object/],
    [[], /A fault is an object/],
    ['stall', /A fault is an object/],
    [{}, /A fault has one of latencyMs, resultCode, drop, stall; this one has none\./],
    [{ stall: true, drop: true }, /this one has drop and stall\./],
    [{ latencyMs: -1 }, /option latencyMs is -1; it must be a whole number from 0 to 2147483647/],
    [{ latencyMs: '5' }, /option latencyMs is '5'/],
    [{ resultCode: 0 }, /option resultCode is 0; it must be a whole number from 1 to 255/],
    [{ drop: false }, /option drop is false; it must be true or 'half'/],
    [{ stall: 1 }, /option stall is 1; it must be true/],
    [{ stall: true, times: 0 }, /option times is 0; it must be a whole number from 1/],
    [{ stall: true, times: 1.5 }, /option times is 1\.5/],
    [{ stall: true, time: 1 }, /There is no option time; there are match, times/],
    [{ stall: true, match: 'read' }, /option match is 'read'; it must be an object such as/],
    [{ stall: true, match: { command: 'get' } }, /match\.command is 'get'; it must be 'read' or /],
    [{ stall: true, match: { namespace: 1 } }, /option match\.namespace is 1/],
    [{ stall: true, match: { set: null } }, /option match\.set is null/],
    [{ stall: true, match: { node: 1 } }, /option match\.node is 1; it must be the name of a node/],
    [{ stall: true, match: { bin: 'b' } }, /There is no option match\.bin; there are command/],
    [{ stall: true, match: { info: 'build' } }, /match\.info goes with the command 'info' only/],
  ];

  for (const [fault, message] of WRONG) {
    it(`is checked: ${JSON.stringify(fault)}`, () => {
      assert.throws(() => resolveFault(fault as Fault), { name: 'TypeError', message });
    });
  }
});
