import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { dashboardPictures } from '@repository/tools/build/pictures/dashboard';
import { wordsOf } from '@repository/tools/build/pictures/dashboard/words';
import { RELEASES } from '@test/support/build/prometheus-releases';
import { ROOT } from '@test/support';

const FAILURES = 'Failures per second, by type';
/** What the demo brings about by itself. What its failing node adds to that differs from run to run. */
const FAILURES_OF_EVERY_RUN = ['FilteredOut', 'GenerationError', 'KeyNotFoundError', 'Timeout'];

/** What each panel shows in every run. */
function constantPart(picture: string): string[][] {
  return wordsOf(picture).map(([title = '', ...words]) => [
    title,
    ...words.filter(word => title !== FAILURES || FAILURES_OF_EVERY_RUN.includes(word)),
  ]);
}

for (const release of RELEASES) {
  describe(`the pictures of the dashboard, with ${release.title}`, function () {
    this.timeout(300_000);

    it('show its panels with their lines (if not: npm run pictures)', async () => {
      for (const [file, picture] of await dashboardPictures(release)) {
        const committed = readFileSync(file, 'utf8');
        assert.deepEqual(constantPart(committed), constantPart(picture), relative(ROOT, file));
      }
    });
  });
}
