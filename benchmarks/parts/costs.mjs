import { available } from '../instrumentations/index.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { spread } from '../statistics.mjs';

/**
 * What each of several instrumentations adds to operations, each measured in processes of its own.
 *
 * @returns by instrumentation and operation: what `alternate` returns, over all rounds
 */
export async function measureCosts({ ids, operations, rounds, hosts, blocks }, progress) {
  const runs = Object.fromEntries(
    available(ids).map(id => [
      id,
      () => runInProcess('alternation.mjs', { id, operations, hosts, ...blocks }),
    ]),
  );
  const results = await interleave(runs, rounds, progress);
  return Object.fromEntries(
    Object.entries(results).map(([id, rounds]) => [id, overRounds(rounds, operations)]),
  );
}

function overRounds(rounds, operations) {
  const figures = ['bare', 'added', 'cpuRatio', 'wallRatio'];
  return Object.fromEntries(
    operations.map(operation => [
      operation,
      Object.fromEntries(
        figures.map(figure => [figure, spread(rounds.map(round => round[operation][figure]))]),
      ),
    ]),
  );
}
