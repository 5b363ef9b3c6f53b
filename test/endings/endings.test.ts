import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Program, ROOT } from '@test/support';

const PROGRAM = join(ROOT, 'test/endings/ending.cjs');
const REGISTER = ['--require', 'opentelemetry-instrumentation-aerospike/register'];

/** The ways to end that the program knows, each with its exit code. */
const WAYS: Readonly<Record<string, number>> = {
  'process.exit() in a callback': 3,
  'process.exit() in a listener': 4,
  'process.exit() with 200 calls in flight': 5,
  'an error in a callback': 1,
  'an error in a listener': 1,
  'a rejection that is not handled': 1,
  "an 'error' event without a listener": 1,
};

/** Exit code, standard output, and the errors on standard error without the address of the server. */
async function end(way: string, options: readonly string[] = []): Promise<unknown[]> {
  const program = new Program([...options, PROGRAM, way], {
    env: { OTEL_LOG_LEVEL: 'NONE', OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
  });
  const exit = await program.exit();
  const errors = program.stderr.replaceAll(/127\.0\.0\.1:\d+/g, '').match(/^\w*Error: .*$/gm);
  return [exit, program.stdout, errors];
}

describe('a process that ends by', () => {
  for (const [way, code] of Object.entries(WAYS)) {
    it(`${way} ends so with /register too`, async () => {
      const [bare, instrumented] = await Promise.all([end(way), end(way, REGISTER)]);
      assert.deepEqual(instrumented, bare);
      assert.deepEqual(bare.slice(0, 2), [code, `exit ${code}\n`]);
    });
  }
});
