import { median } from '../statistics.mjs';

/** Blocks of both before anything counts. */
export const WARM_UP = 4;

/**
 * Makes blocks of operations alternately with a bare and with an instrumented client, and compares each block with its
 * neighbour: what else the machine does falls on both.
 *
 * @returns medians: nanoseconds of CPU of a bare operation, what is added, and the ratios
 */
export async function alternate(bare, instrumented, { pairs, ...block }) {
  for (let turn = 0; turn < WARM_UP; turn++) {
    await bare(block);
    await instrumented(block);
  }
  const compared = [];
  for (let pair = 0; pair < pairs; pair++) {
    // Each is the first one as often as the other.
    const order = pair % 2 === 0 ? [bare, instrumented] : [instrumented, bare];
    const cost = new Map();
    for (const run of order) cost.set(run, await run(block));
    compared.push([cost.get(bare), cost.get(instrumented)]);
  }
  const medianOf = value => median(compared.map(([without, with_]) => value(without, with_)));
  return {
    bare: medianOf(without => without.cpu),
    added: medianOf((without, with_) => with_.cpu - without.cpu),
    cpuRatio: medianOf((without, with_) => with_.cpu / without.cpu),
    wallRatio: medianOf((without, with_) => with_.wall / without.wall),
  };
}
