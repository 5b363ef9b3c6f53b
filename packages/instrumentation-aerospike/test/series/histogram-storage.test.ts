import assert from 'node:assert/strict';
import { trimmed } from '../../src/series/exponential-buckets';
import { MetricStorage } from '../../src/series/metric-storage';
import { METRICS } from '../../src/series/metrics';
import { seededRandom } from '../support/random';

const MONTH = 30 * 24 * 60 * 60;

describe('the storage of histograms', () => {
  it('counts every value in both kinds of buckets', () => {
    const storage = new MetricStorage({
      boundaries: METRICS.operationDuration.boundaries,
      cardinalityLimit: 10,
      resolution: { exponential: true, exemplars: false },
    });
    const series = storage.series(METRICS.operationDuration, {});
    const random = seededRandom(1);
    const values = [
      ...[0, -0, Number.MIN_VALUE, 1e-9, 0.001, 10, MONTH, 2 ** 53, Infinity],
      ...Array.from({ length: 1000 }, () => 0.0002 * 2 ** ((random() - 0.5) * 40)),
    ];
    for (const value of values) series.record(value);
    for (const value of [-1, NaN, -Infinity]) series.record(value);

    const [point] = storage.histograms.get(METRICS.operationDuration)?.points ?? [];
    assert(point?.exponential !== undefined);
    const { count, counts, offset, boundaries } = point;
    assert.equal(count, values.length);
    assert.equal(sumOf(counts.subarray(offset, offset + boundaries.length + 1)), values.length);
    const { zeroCount, counts: exponential } = trimmed(point.exponential);
    assert.equal(zeroCount + sumOf(exponential), values.length);
    assert.deepEqual([point.min, point.max], [0, Infinity]);
  });
});

function sumOf(counts: Iterable<number>): number {
  return Array.from(counts).reduce((sum, count) => sum + count, 0);
}
