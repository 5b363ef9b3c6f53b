import assert from 'node:assert/strict';
import { diag } from '@opentelemetry/api';
import { inOwnTurn } from '../../src/processes/turns';

describe('turns of the event loop', () => {
  const faults: unknown[] = [];

  beforeEach(() => {
    faults.length = 0;
    const take = (_what: string, ...given: unknown[]) => void faults.push(...given);
    diag.setLogger({ error: take, warn: take, info: take, debug: take, verbose: take });
  });

  afterEach(() => {
    diag.disable();
  });

  it('go to one task each, in the order in which they were given', async () => {
    const done: string[] = [];
    inOwnTurn(() => done.push('first'));
    setImmediate(() => done.push('between'));
    await new Promise<void>(resolve => {
      inOwnTurn(resolve);
    });
    assert.deepEqual(done, ['first', 'between']);
  });

  it('go on after a task that throws, which is reported', async () => {
    const fault = new Error('no disk');
    inOwnTurn(() => {
      throw fault;
    });
    await new Promise<void>(resolve => {
      inOwnTurn(resolve);
    });
    await new Promise<void>(resolve => {
      inOwnTurn(resolve);
    });
    assert.deepEqual(faults, [fault]);
  });
});
