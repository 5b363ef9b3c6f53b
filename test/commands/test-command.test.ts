import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PACKAGES, Program, ROOT, type ProgramResult } from '@test/support';

const FILE = 'test/version.test.ts';
const FOLDER = PACKAGES['opentelemetry-instrumentation-aerospike'];

/** What `npm test -- …` runs, without the build and npm. */
function npmTest(cwd: string, ...args: readonly string[]): Promise<ProgramResult> {
  const script = join(ROOT, 'scripts/test.mjs');
  return new Program([script, '--no-build', ...args, '--reporter=json'], { cwd }).result();
}

/** The files that mocha has run, as its report tells. */
function filesOf({ stdout }: ProgramResult): string[] {
  const { passes } = JSON.parse(stdout) as { passes: { file: string }[] };
  return [...new Set(passes.map(({ file }) => file))];
}

const BUILT = join(FOLDER, 'build', FILE.replace('.ts', '.js'));

describe('npm test', () => {
  it('runs one file alone, named in its package', async () => {
    assert.deepEqual(filesOf(await npmTest(FOLDER, FILE)), [BUILT]);
  });

  it('runs one file alone, named at the root', async () => {
    const path = `packages/instrumentation-aerospike/${FILE}`;
    assert.deepEqual(filesOf(await npmTest(ROOT, '--suite=all', path)), [BUILT]);
  });

  it('passes options on to mocha', async () => {
    const { code, stdout } = await npmTest(FOLDER, FILE, '--grep', 'no/such/test');
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { stats: { tests: number } }).stats.tests, 0);
  });

  for (const [path, sentence] of [
    ['test/nothing.test.ts', 'There is no test/nothing.test.ts.'],
    ['src/version.ts', 'src/version.ts is no test: those end in .test.ts.'],
  ] as const) {
    it(`refuses ${path} in one sentence`, async () => {
      const { code, stderr } = await npmTest(FOLDER, path);
      assert.deepEqual([code, stderr], [1, `${sentence}\n`]);
    });
  }
});
