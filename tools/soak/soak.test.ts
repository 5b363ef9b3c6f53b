import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotRun } from '@example/aerospike-demo/build/src/options';
import { Program } from '@test/support';
import { readOptions } from './options';
import type { Results } from './results';
import type { Sample } from './sampler';
import { judge } from './verdict';

const MAIN = join(__dirname, 'main.js');

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const program = new Program(['--expose-gc', MAIN, ...args], { env });
  const exit = await program.exit();
  return { exit, stdout: program.stdout, stderr: program.stderr };
}

describe('npm run soak', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'soak-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('says after a while that every call was measured, and writes what it saw', async () => {
    const options = ['--minutes', '0.05', '--out', folder];
    const { exit, stdout, stderr } = await run(options, { AEROSPIKE_HOSTS: '' });
    assert.deepEqual([exit, stderr], [0, '']);
    const [, total] =
      /^Every call was measured: ([\d,]+) calls, \1 measurements/m.exec(stdout) ?? [];
    assert.match(read('README.md'), new RegExp(`: ${total ?? 'none'} calls`));

    const { samples, faults, verdict } = JSON.parse(read('soak.json')) as Results;
    const last = samples.at(-1);
    assert.equal(last?.operations.toLocaleString('en'), total);
    assert.deepEqual(verdict.lost, []);
    assert.ok(faults.length > 0);
    assert.equal(read('soak.csv').trim().split('\n').at(-1), Object.values(last ?? {}).join(','));
    assert.equal(read('soak.svg').match(/<polyline /g)?.length, 5);
  });

  const refused: readonly [args: string[], sentence: string][] = [
    [[], '--minutes is missing; --help lists the options.'],
    [['--minutes', 'x'], "--minutes must be a number from 0.05 to 1440, not 'x'."],
    [['--minutes', ''], "--minutes must be a number from 0.05 to 1440, not ''."],
    [['--minutes', '0'], "--minutes must be a number from 0.05 to 1440, not '0'."],
    [['--minutes', '1441'], "--minutes must be a number from 0.05 to 1440, not '1441'."],
    [['--minutes', '1', '--out', ''], "--out must be a folder, not ''."],
    [['--hours', '1'], "Unknown option '--hours'; --help lists the options."],
  ];
  for (const [args, sentence] of refused) {
    it(`refuses ${args.join(' ') || 'no options'} in one sentence`, () => {
      assert.throws(() => readOptions(args, {}), new CannotRun(sentence));
    });
  }

  it('says in one sentence that there is no server at AEROSPIKE_HOSTS, and fails', async () => {
    const options = ['--minutes', '1', '--out', folder];
    const { exit, stdout, stderr } = await run(options, { AEROSPIKE_HOSTS: '127.0.0.1:1' });
    assert.deepEqual([exit, stdout], [1, '']);
    assert.match(stderr, /^No Aerospike server can be reached at '127\.0\.0\.1:1', .*\.\n$/);
  });

  it('lists its options', async () => {
    const { exit, stdout } = await run(['--help']);
    assert.equal(exit, 0);
    assert.match(stdout, /--minutes <minutes>/);
  });
});

describe('the verdict of a soak test', () => {
  /** A sample every ten seconds, of a heap that grows by so much with each of a thousand operations a second. */
  function samplesOf(heapBytesPerOperation: number): Sample[] {
    return Array.from({ length: 20 }, (_, index) => ({
      seconds: index * 10,
      operations: index * 10_000,
      errors: 0,
      heapBytes: 1e7 + index * 10_000 * heapBytesPerOperation,
      loopDelayP99Ms: 0,
      loopDelayMaxMs: 0,
      series: 1,
    }));
  }

  it('names the calls whose number was measured otherwise', () => {
    const made = new Map([
      ['get users ok', 8],
      ['put users 9', 1],
    ]);
    const measured = new Map([
      ['get users ok', 7],
      ['put users -6', 1],
    ]);
    assert.deepEqual(judge(made, measured, []).lost, [
      'get users ok: 7 measured, 8 made',
      'put users 9: 0 measured, 1 made',
      'put users -6: 1 measured, 0 made',
    ]);
  });

  it('is that the heap stays flat when not even an object is left of each operation', () => {
    assert.equal(judge(new Map(), new Map(), samplesOf(2)).isHeapFlat, true);
  });

  it('is that the heap grows when an object is left of each operation', () => {
    assert.equal(judge(new Map(), new Map(), samplesOf(24)).isHeapFlat, false);
  });

  it('leaves open how the heap is after a run that is too short', () => {
    assert.equal(judge(new Map(), new Map(), samplesOf(24).slice(0, 5)).isHeapFlat, undefined);
  });
});
