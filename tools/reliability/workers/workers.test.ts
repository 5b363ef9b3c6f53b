import assert from 'node:assert/strict';
import { Program } from '@test/support';
import { WORKERS_FAULTS } from './document';
import { WORKERS_SCENARIOS } from './scenarios';
import { missingOf, tryOutWorkers, type WorkersTrial } from './trial';

/** Two clusters each, beside other tests. */
const TIMEOUT_MS = 180_000;

describe('when something goes wrong between the workers of a cluster and its primary', function () {
  this.timeout(TIMEOUT_MS);

  after(() => Program.killAll());

  for (const scenario of WORKERS_SCENARIOS) {
    const { title, ends = [], says = [], missing: [least, most] = [0, 0] } = scenario;
    describe(`(${title})`, () => {
      let trial: WorkersTrial;

      before(async () => {
        // No count falls meanwhile, or is higher than the calls: the trial fails otherwise.
        trial = await tryOutWorkers(scenario);
      });

      it('the application and its workers end as they do without us', () => {
        const { bare, instrumented } = trial;
        assert.deepEqual(
          instrumented.printed,
          ends.map(way => `ended ${way}`),
        );
        assert.deepEqual(instrumented.printed, bare.printed);
        assert.equal(instrumented.stderr, bare.stderr);
        assert.equal(instrumented.exit, '0');
        assert.equal(bare.exit, '0');
      });

      it(most === 0 ? 'each call is counted once' : 'no more is missing than must be', () => {
        const missing = missingOf(trial.instrumented);
        assert.ok(missing >= least && missing <= most, `${missing} calls are missing`);
      });

      it(
        says.length === 0 ? 'nothing is said' : 'one line says what is not counted, or where',
        () => {
          const said = new Set(trial.instrumented.said.filter(line => isOfFault(line, says)));
          assert.equal(said.size, says.length, [...said].join('\n'));
          for (const pattern of says) assert.match([...said].join('\n'), pattern);
        },
      );
    });
  }
});

/** On a busy machine any worker can be late by a second, and that is said whatever else goes wrong. */
function isOfFault(line: string, says: readonly RegExp[]): boolean {
  return !line.includes('does not answer') || says.some(pattern => pattern.test(line));
}

describe('the workers of a cluster in docs/reliability.md', () => {
  it('have a row for everything that is let go wrong, as `npm run reliability` writes them', () => {
    const rows = WORKERS_FAULTS.lines.filter(line => line.startsWith('|')).slice(2);
    assert.deepEqual(
      rows.map(row => row.split('|')[1]?.trim()),
      WORKERS_SCENARIOS.map(({ title }) => title),
    );
  });
});
