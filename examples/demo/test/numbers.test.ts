import assert from 'node:assert/strict';
import { quantile, since, sum, type Durations } from '../src/durations';

const durations: Durations = {
  count: 10,
  boundaries: [1, 2, 4],
  buckets: [0, 5, 4, 1],
  errors: new Map([['Timeout', 2]]),
};

describe("the demo's numbers", () => {
  it('takes the calls of a bucket to be spread evenly over it', () => {
    assert.equal(quantile(0.25, durations), 1.5);
    assert.equal(quantile(0.5, durations), 2);
    assert.equal(quantile(0.7, durations), 3);
  });

  it('takes the calls above the last boundary to be on it', () => {
    assert.equal(quantile(0.99, durations), 4);
  });

  it('has no quantile of nothing', () => {
    assert.equal(quantile(0.5, since(durations, durations)), undefined);
  });

  it('tells what has come since an earlier reading', () => {
    const later = sum(durations, {
      ...durations,
      errors: new Map([
        ['Timeout', 1],
        ['FilteredOut', 1],
      ]),
    });
    assert.deepEqual(since(later, durations), {
      ...durations,
      errors: new Map([
        ['Timeout', 1],
        ['FilteredOut', 1],
      ]),
    });
  });
});
