import assert from 'node:assert/strict';
import { hrTimeAfter, hrTimeOf } from '../src/hr-time';

describe('a time of the OpenTelemetry API', () => {
  it('is made of milliseconds', () => {
    assert.deepEqual(hrTimeOf(1_700_000_000_123), [1_700_000_000, 123_000_000]);
    assert.deepEqual(hrTimeOf(1_700_000_000_000), [1_700_000_000, 0]);
    assert.deepEqual(hrTimeOf(1_700_000_000_999.5), [1_700_000_000, 999_500_000]);
  });

  for (const [milliseconds, expected] of [
    [0, [10, 999_000_000]],
    [0.25, [10, 999_250_000]],
    [0.0000006, [10, 999_000_001]],
    [0.9999996, [11, 0]],
    [1, [11, 0]],
    [3_001.5, [14, 500_000]],
    [2_678_400_000, [2_678_410, 999_000_000]],
  ] as const) {
    it(`lies ${milliseconds} ms after another`, () => {
      assert.deepEqual(hrTimeAfter([10, 999_000_000], milliseconds), expected);
    });
  }
});
