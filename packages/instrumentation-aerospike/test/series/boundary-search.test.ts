import assert from 'node:assert/strict';
import { BoundarySearch } from '../../src/series/boundary-search';
import { indexOf, ZERO_THRESHOLD } from '../../src/series/exponential-index';
import { METRICS } from '../../src/series/metrics';
import { nextAbove, nextBelow } from '../support/floats';
import { seededRandom } from '../support/random';

const MONTH = 30 * 24 * 60 * 60;
const EDGES = [0, Number.MIN_VALUE, ZERO_THRESHOLD, MONTH, 2 ** 53, Number.MAX_VALUE, Infinity];

const BOUNDARIES: Readonly<Record<string, readonly number[]>> = {
  'of the duration': METRICS.operationDuration.boundaries,
  'of the returned rows': METRICS.returnedRows.boundaries,
  'in one exponential bucket': [1, 1.01, 1.02, 1.05],
  'at exponential bounds': [0.125, 0.5, 1, Math.SQRT2, 2, 4],
  'from 0 on': [0, 5, 10],
  'below 0': [-2, -1],
  'below and above 0': [-1, 0, Number.MIN_VALUE, ZERO_THRESHOLD, 1e-30, 1],
  'up to infinity': [1, 1e300, Infinity],
  'with one of them': [0.1],
  'without any': [],
};

describe('the search among boundaries', () => {
  for (const [which, boundaries] of Object.entries(BOUNDARIES)) {
    it(`finds the bucket of every value with boundaries ${which}`, () => {
      const search = new BoundarySearch(boundaries);
      const random = seededRandom(1);
      const around = boundaries.filter(boundary => boundary > 0 && boundary < Infinity);
      const values = [
        ...EDGES,
        ...around.flatMap(boundary => [nextBelow(boundary), boundary, nextAbove(boundary)]),
        ...Array.from({ length: 10_000 }, () => 2 ** (random() * 60 - 40)),
      ];
      for (const value of values) {
        const bucket = search.bucketOf(value, indexOf(value));
        assert.equal(bucket, bucketByDefinition(boundaries, value), `of ${value}`);
      }
    });
  }
});

/** The first bucket whose upper bound is not below the value. */
function bucketByDefinition(boundaries: readonly number[], value: number): number {
  const bucket = boundaries.findIndex(boundary => value <= boundary);
  return bucket === -1 ? boundaries.length : bucket;
}
