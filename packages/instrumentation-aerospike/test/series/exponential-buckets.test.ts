import assert from 'node:assert/strict';
import { atScale, ExponentialBuckets, trimmed } from '../../src/series/exponential-buckets';
import { BOUNDS, indexOf, ZERO_INDEX, ZERO_THRESHOLD } from '../../src/series/exponential-index';
import type { ExponentialPoint } from '../../src/series/points';
import { nextAbove } from '../support/floats';
import { durations, seededRandom } from '../support/random';
import { sdkExponentialHistogram } from '../support/sdk-exponential';

const MICROSECOND = 1e-6;
const MONTH = 30 * 24 * 60 * 60;

describe('the index of an exponential bucket', () => {
  it('changes at the largest floats that are not above the exact bounds', () => {
    for (const [step, bound] of BOUNDS.entries()) {
      assert(isAtMostBound(bound, step), `${bound} is at most 2^(${step}/8)`);
      assert(!isAtMostBound(nextAbove(bound), step), `the float after ${bound} is above`);
    }
  });

  it('counts a bound to the bucket below it', () => {
    for (const exponent of [-127, -30, -10, -1, 0, 1, 10, 22, 1023]) {
      for (const [step, bound] of BOUNDS.slice(0, -1).entries()) {
        const value = bound * 2 ** exponent;
        assert.equal(indexOf(value), exponent * 8 + step - 1, `of ${value}`);
        assert.equal(indexOf(nextAbove(value)), exponent * 8 + step, `after ${value}`);
      }
    }
  });

  it('is what the logarithm gives', () => {
    const random = seededRandom(1);
    for (let n = 0; n < 100_000; n++) {
      const value = 2 ** (random() * 200 - 100);
      assert.equal(indexOf(value), Math.ceil(Math.log2(value) * 8) - 1, `of ${value}`);
    }
  });

  it('is that of its bounds for all values between them', () => {
    const random = seededRandom(5);
    for (let n = 0; n < 100_000; n++) {
      const value = 0.0002 * 2 ** ((random() - 0.5) * 60);
      const index = indexOf(value);
      assert(value > boundOf(index) && value <= boundOf(index + 1), `${value} has index ${index}`);
    }
  });

  it('is below all others up to the threshold of zero', () => {
    for (const value of [0, -0, Number.MIN_VALUE, ZERO_THRESHOLD]) {
      assert.equal(indexOf(value), ZERO_INDEX, `of ${value}`);
    }
    assert(indexOf(nextAbove(ZERO_THRESHOLD)) > ZERO_INDEX);
  });

  it('is the last one for infinity', () => {
    assert.equal(indexOf(Infinity), indexOf(Number.MAX_VALUE));
  });
});

describe('exponential buckets', () => {
  it('hold nothing at first', () => {
    assert.deepEqual(trimmed(new ExponentialBuckets()), {
      scale: 3,
      zeroCount: 0,
      firstIndex: 0,
      counts: [],
    });
  });

  it('are 9 % wide', () => {
    assert.deepEqual(trimmed(recorded([1, 1.05, 1.09, 1.1, 2, 2.1])), {
      scale: 3,
      zeroCount: 0,
      firstIndex: -1,
      counts: [1, 2, 1, 0, 0, 0, 0, 0, 1, 1],
    });
  });

  it('count 0, and what is too small for any bucket, apart', () => {
    const buckets = recorded([0, -0, Number.MIN_VALUE, ZERO_THRESHOLD, 2 * ZERO_THRESHOLD]);
    assert.deepEqual(trimmed(buckets), {
      scale: 3,
      zeroCount: 4,
      firstIndex: -127 * 8 - 1,
      counts: [1],
    });
  });

  it('are halved when the values span more than 160 of them', () => {
    const values = Array.from({ length: 161 }, (_, step) => 2 ** ((step + 0.5) / 8));
    const fine = recorded(values.slice(0, 160));
    assert.deepEqual([fine.scale, trimmed(fine).counts.length], [3, 160]);
    assert.deepEqual(trimmed(recorded(values)), {
      scale: 2,
      zeroCount: 0,
      firstIndex: 0,
      counts: [...new Array<number>(80).fill(2), 1],
    });
  });

  it('hold microseconds and months', () => {
    const { scale, firstIndex, counts } = trimmed(recorded([MICROSECOND, 6 * MONTH]));
    assert.equal(scale, 1);
    assert.equal(firstIndex, Math.ceil(Math.log2(MICROSECOND) * 2) - 1);
    assert.equal(firstIndex + counts.length, Math.ceil(Math.log2(6 * MONTH) * 2));
  });

  it('hold every float', () => {
    const buckets = recorded([2 * ZERO_THRESHOLD, 1, Number.MAX_VALUE, Infinity]);
    assert.equal(buckets.scale, -3);
    assert.equal(total(buckets), 4);
  });

  it('count to 2^53', () => {
    const buckets = recorded([1]);
    buckets.counts[buckets.counts.indexOf(1)] = 2 ** 53 - 1;
    buckets.record(indexOf(1));
    assert.deepEqual(trimmed(buckets).counts, [2 ** 53]);
  });

  it('are the same in whatever order the values come', () => {
    const random = seededRandom(2);
    for (let run = 0; run < 50; run++) {
      const values = durations(random, 200);
      const shuffled = values.toSorted(() => random() - 0.5);
      assert.deepEqual(trimmed(recorded(shuffled)), trimmed(recorded(values)));
    }
  });

  it('are those of the SDK, at the same scale', async () => {
    const random = seededRandom(4);
    for (let run = 0; run < 50; run++) {
      const values = durations(random, 1 + random() * 500);
      const { scale, zeroCount, positive } = await sdkExponentialHistogram(values);
      const ours = recorded(values);
      assert.equal(ours.scale, Math.min(3, scale));
      const theirs: ExponentialPoint = {
        scale,
        zeroCount,
        firstIndex: positive.offset,
        counts: positive.bucketCounts,
      };
      assert.deepEqual(trimmed(ours), trimmed(atScale(theirs, ours.scale)));
    }
  });
});

function recorded(values: readonly number[]): ExponentialBuckets {
  const buckets = new ExponentialBuckets();
  for (const value of values) buckets.record(indexOf(value));
  return buckets;
}

function total({ zeroCount, counts }: ExponentialPoint): number {
  return Array.from(counts).reduce((sum, count) => sum + count, zeroCount);
}

/** The largest float that is not above `2 ** (index / 8)`: the lower bound of this bucket. */
function boundOf(index: number): number {
  const octave = Math.floor(index / 8);
  return (BOUNDS[index - octave * 8] ?? NaN) * 2 ** octave;
}

/** Whether a float is at most `2 ** (step / 8)`: compared in whole numbers, its eighth power with `2 ** step`. */
function isAtMostBound(value: number, step: number): boolean {
  const scaled = BigInt(value * 2 ** 52);
  return scaled ** 8n <= 2n ** BigInt(52 * 8 + step);
}
