import { BOUNDARIES } from '../boundaries.mjs';
import { MinimalHistogram } from '../recorders/minimal-histogram.mjs';

/**
 * What measuring costs at least: two clock reads, a callback of its own in place of the client's promise, and the
 * minimal histogram. It does no more than that: errors are not told apart, and there is no callback style.
 */
export function create() {
  const histogram = new MinimalHistogram(BOUNDARIES);
  const measured = (operation, { ns, set }, execute) => {
    const startTime = performance.now();
    return new Promise((resolve, reject) => {
      execute((error, result) => {
        histogram.series(ns, set, operation).record((performance.now() - startTime) / 1000);
        if (error) reject(error);
        else resolve(result);
      });
    });
  };
  return {
    instrument({ Client }) {
      const { get, put } = Client.prototype;
      Client.prototype.get = function (key, policy) {
        return measured('get', key, done => get.call(this, key, policy, done));
      };
      Client.prototype.put = function (key, bins, meta, policy) {
        return measured('put', key, done => put.call(this, key, bins, meta, policy, done));
      };
    },
    durations: () => histogram.count,
  };
}
