import assert from 'node:assert/strict';
import { ExponentialSum } from '../../src/processes/exponential-sum';
import { atScale, ExponentialBuckets, trimmed } from '../../src/series/exponential-buckets';
import { indexOf } from '../../src/series/exponential-index';
import type { ExponentialPoint } from '../../src/series/points';
import { durations, seededRandom } from '../support/random';

const MICROSECOND = 1e-6;
const MONTH = 30 * 24 * 60 * 60;

function recorded(values: readonly number[]): ExponentialBuckets {
  const buckets = new ExponentialBuckets();
  for (const value of values) buckets.record(indexOf(value));
  return buckets;
}

/** At the scale that all values together have: a sum may be finer. */
function assertHolds(sum: ExponentialSum, values: readonly number[]): void {
  const all = recorded(values);
  assert.ok(sum.scale >= all.scale);
  assert.deepEqual(trimmed(atScale(sum, all.scale)), trimmed(all));
}

function reportOf(values: readonly number[]): ExponentialPoint & { counts: number[] } {
  const { scale, zeroCount, firstIndex, counts } = recorded(values);
  return { scale, zeroCount, firstIndex, counts };
}

describe('a sum of exponential histograms', () => {
  it('holds what all processes have recorded', () => {
    const random = seededRandom(3);
    for (let run = 0; run < 200; run++) {
      const parts = Array.from({ length: 3 }, () => durations(random, random() * 50));
      const sum = new ExponentialSum(3);
      for (const part of parts) sum.add(undefined, reportOf(part));
      assertHolds(sum, parts.flat());
    }
  });

  it('goes on with what a process has recorded since its last report', () => {
    const random = seededRandom(6);
    for (let run = 0; run < 200; run++) {
      const early = durations(random, random() * 50);
      const late = durations(random, random() * 50);
      const sum = new ExponentialSum(3);
      sum.add(undefined, reportOf(early));
      sum.add(reportOf(early), reportOf([...early, ...late]));
      assertHolds(sum, [...early, ...late]);
    }
  });

  it('takes a finer one after a coarser one, and the other way round', () => {
    const narrow = [1, 2];
    const wide = [MICROSECOND, MONTH];
    for (const [first, second] of [
      [narrow, wide],
      [wide, narrow],
    ] as const) {
      const sum = new ExponentialSum(reportOf(first).scale);
      sum.add(undefined, reportOf(first));
      sum.add(undefined, reportOf(second));
      assertHolds(sum, [...first, ...second]);
    }
  });
});
