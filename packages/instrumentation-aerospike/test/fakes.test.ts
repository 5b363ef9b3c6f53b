import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { programPath, startNode } from './support/program';

const REGISTER = resolve(__dirname, '../src/register/index.js');

/** In each pair: with the fake in place, and after it. */
const UNDISTURBED = {
  first: [true, false],
  load: [true, false],
  cache: [true, false],
  mock: [true, false],
};

describe('tests that put something in the place of the client', () => {
  async function seen(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
    const program = programPath('fakes.mjs');
    const options = ['--experimental-test-module-mocks', '--no-warnings', ...args, program];
    const { code, stdout, stderr } = await startNode(options, env).result();
    assert.deepEqual([code, stderr], [0, '']);
    return JSON.parse(stdout);
  }

  it('see it and then the client, without this package', async () => {
    assert.deepEqual(await seen([]), UNDISTURBED);
  });

  for (const env of [
    { OTEL_SDK_DISABLED: 'true' },
    { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'aerospike' },
    { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http' },
  ]) {
    const given = Object.entries(env).map(pair => pair.join('='));
    it(`see the same with /register and ${given.join()}`, async () => {
      assert.deepEqual(await seen(['--require', REGISTER], env), UNDISTURBED);
    });
  }
});
