import assert from 'node:assert/strict';
import { python as installedPython } from '../toolchains/python';
import { AGREED, CALLS, DIFFERING } from '../calls';
import { differences } from './differences';
import { markdown, SECTION } from './migration-page';
import { SideBySide } from './side-by-side';

const TIMES = 3;

describe('a service with aerospike-py and one in Node.js', function () {
  this.timeout(300_000);

  let services: SideBySide;

  before(async function () {
    services = await SideBySide.start(await installedPython(this));
  });

  // There are none where the suite is left out.
  after(() => (services as SideBySide | undefined)?.stop());

  for (const call of AGREED) {
    it(`count the same for ${call}`, async () => {
      const expected = [{ outcome: CALLS[call]?.counted, count: TIMES }];
      assert.deepEqual(await services.compare(call, TIMES), { node: expected, python: expected });
    });
  }

  for (const call of DIFFERING) {
    it(`count differently for ${call}`, async () => {
      const { node, python } = await services.compare(call, TIMES);
      assert.notDeepEqual(node, python);
    });
  }

  it('differ in what docs/migration.md says (if not: run it with WRITE_DOCS=1)', async () => {
    const found = markdown(await differences(services));
    if (process.env.WRITE_DOCS) await SECTION.write(found);
    assert.ok(await SECTION.has(found), found);
  });
});
