import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { pause } from '../src/interruption';

describe("the demo's pause", () => {
  const warnings: Error[] = [];
  const collect = (warning: Error) => warnings.push(warning);

  beforeEach(() => {
    warnings.length = 0;
    process.on('warning', collect);
  });

  afterEach(() => {
    process.off('warning', collect);
  });

  it('is over at once when the time has passed, without a warning', async () => {
    assert.equal(await pause(-42.5, new AbortController().signal), true);
    assert.deepEqual(warnings, []);
  });

  it('waits longer than a timer can, until the signal, without a warning', async () => {
    const stop = new AbortController();
    const isOver = pause(Infinity, stop.signal);
    await setImmediate();
    stop.abort();
    assert.equal(await isOver, false);
    assert.deepEqual(warnings, []);
  });
});
