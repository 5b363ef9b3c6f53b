import assert from 'node:assert/strict';
import * as Aerospike from 'aerospike';
import { CALLS, expectedAttributes, isPossible } from './support/calls';
import { TestClient } from './support/client';
import { STYLES } from './support/outcome';
import { Telemetry } from './support/telemetry';

describe('operations', () => {
  const test = new TestClient('operations');
  let telemetry: Telemetry;

  before(() => test.open());
  after(() => test.close());

  beforeEach(async () => {
    await test.reset();
    telemetry = new Telemetry();
  });
  afterEach(() => telemetry.shutdown());

  for (const [group, calls] of Object.entries(CALLS)) {
    describe(`on ${group}`, () => {
      for (const call of calls.filter(isPossible)) {
        for (const style of STYLES) {
          it(`give one measurement: ${call.title} in ${style} style`, async () => {
            const startTime = performance.now();
            const outcome = await test.make(call, style);
            const elapsedSeconds = (performance.now() - startTime) / 1000;

            const points = await telemetry.dataPoints();
            assert.deepEqual(
              points.map(({ attributes }) => attributes),
              [{ ...expectedAttributes(call, test.keys), ...test.serverAttributes }],
              JSON.stringify(outcome),
            );
            const { count, sum = NaN } = points[0]?.value ?? { count: 0 };
            assert.equal(count, 1);
            assert.ok(sum > 0 && sum <= elapsedSeconds, `0 < ${sum} <= ${elapsedSeconds}`);
          });
        }
      }
    });
  }

  for (const call of Object.values(CALLS).flat().filter(isPossible)) {
    if (call.failure !== undefined) continue;
    for (const style of STYLES) {
      it(`fail with Connection on a closed client: ${call.title} in ${style} style`, async () => {
        await test.make(call, style, Aerospike.client({ hosts: test.hosts }));
        const failure = { type: 'Connection', code: '-1' };
        assert.deepEqual(await telemetry.counts(), [
          [{ ...expectedAttributes({ ...call, failure }, test.keys), ...test.serverAttributes }, 1],
        ]);
      });
    }
  }
});
