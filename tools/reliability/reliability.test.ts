import assert from 'node:assert/strict';
import { clientVersion } from '@test/support';
import { FAULTS } from './document';
import { SCENARIOS } from './scenarios';
import { maxObjectsLeft, tally, tallyOfMeasured, tryOut, type Trial } from './trial';

/** Two processes each, of which some wait for timeouts of the client. */
const TIMEOUT_MS = 300_000;

const IS_SINCE_6 = !clientVersion().startsWith('5.');

describe('when something goes wrong', function () {
  this.timeout(TIMEOUT_MS);

  for (const scenario of SCENARIOS) {
    describe(`(${scenario.title})`, () => {
      let trial: Trial;

      before(async () => {
        trial = await tryOut(scenario);
      });

      it('the application gets what it gets without us', () => {
        const { bare, instrumented } = trial;
        const kinds = new Set(instrumented.outcomes.map(text => text.split(' ').at(-1)));
        const { outcomes, mayAlsoBe = [] } = scenario;
        for (const kind of mayAlsoBe) kinds.delete(kind);
        assert.deepEqual([...kinds].sort(), [...outcomes].sort());
        if (!scenario.isChance) assert.deepEqual(instrumented.outcomes, bare.outcomes);
      });

      const what = scenario.isUnmeasured ? 'nothing can be measured' : 'each call is measured once';
      it(what, () => {
        const { outcomes, spans } = trial.instrumented;
        const expected = scenario.isUnmeasured ? {} : tally(outcomes);
        assert.deepEqual(tallyOfMeasured(trial.instrumented), expected);
        if (spans !== undefined) assert.deepEqual(spans, tally(outcomes));
      });

      for (const { what: sign, isShown, isSince6 } of scenario.shows ?? []) {
        if (isSince6 && !IS_SINCE_6) continue;
        it(`the metrics of the client show ${sign}`, () => {
          const { readings } = trial.instrumented;
          assert.ok(isShown(readings), JSON.stringify(readings));
        });
      }

      // How much a client keeps while it looks for a node that is gone differs from run to run.
      const isSteady = scenario.isChance !== true || scenario.server?.nodes === undefined;
      if (!isSteady) return;
      it('the calls leave nothing behind in memory', () => {
        const { objectsLeft } = trial.instrumented;
        const max = maxObjectsLeft(trial);
        assert.ok(objectsLeft <= max, `${objectsLeft} objects, more than ${max}`);
      });
    });
  }
});

describe('docs/reliability.md', () => {
  it('has a row for everything that is let go wrong, as `npm run reliability` writes them', () => {
    const rows = FAULTS.lines.filter(line => line.startsWith('|')).slice(2);
    assert.deepEqual(
      rows.map(row => row.split('|')[1]?.trim()),
      SCENARIOS.map(({ title }) => title),
    );
  });
});
