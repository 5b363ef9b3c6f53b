import { available } from '../instrumentations/index.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { microseconds, range, ratio } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

const FIGURES = ['bare', 'added', 'cpuRatio', 'wallRatio'];

/**
 * What each of several instrumentations adds to operations, each measured in processes of its own.
 *
 * @returns by instrumentation and operation: what `alternate` returns, over all rounds
 */
export async function measureCosts({ ids, operations, rounds, hosts, blocks }, progress) {
  const runs = available(ids).map(id => [
    id,
    () => runInProcess('alternation.mjs', { id, operations, hosts, ...blocks }),
  ]);
  const results = await interleave(Object.fromEntries(runs), rounds, progress);
  const costsOf = rounds => operations.map(operation => [operation, costs(rounds, operation)]);
  return Object.fromEntries(
    Object.entries(results).map(([id, rounds]) => [id, Object.fromEntries(costsOf(rounds))]),
  );
}

/** The costs of one operation over all rounds. */
export function costs(rounds, operation) {
  return Object.fromEntries(
    FIGURES.map(figure => [figure, spread(rounds.map(round => round[operation][figure]))]),
  );
}

export const COST_COLUMNS = ['added µs', 'min – max', 'CPU ratio', 'time ratio', 'bare µs'];

export function costCells({ bare, added, cpuRatio, wallRatio }) {
  return [
    microseconds(added.median),
    range(added, microseconds),
    ratio(cpuRatio.median),
    ratio(wallRatio.median),
    microseconds(bare.median),
  ];
}
