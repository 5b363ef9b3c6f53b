import { interleave, runInProcess } from '../processes/run.mjs';
import { milliseconds, range } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

const WORKERS = [2, 4, 8];
const SERIES = 450;

export const title = 'A scrape of a cluster';

export const method =
  `The longest time that the event loop is blocked while the primary serves the sums of its workers, with ${SERIES} ` +
  'attribute sets in each, of which every value has changed since the scrape before: in the primary, and in that worker where it ' +
  'is longest. In CPU time, since such a cluster has more processes than most machines have cores. One cluster for each row and round.';

export async function run({ quick, isWanted, progress }) {
  const sizes = WORKERS.filter(workers => isWanted(String(workers))).slice(
    0,
    quick ? 1 : undefined,
  );
  const runs = sizes.map(workers => [
    workers,
    () => runInProcess('cluster.mjs', { workers, series: SERIES, scrapes: quick ? 3 : 20 }),
  ]);
  const results = await interleave(Object.fromEntries(runs), quick ? 1 : 3, progress);
  return Object.fromEntries(
    Object.entries(results).map(([workers, rounds]) => [
      workers,
      {
        primary: spread(rounds.map(({ primary }) => primary)),
        workers: spread(rounds.map(round => round.workers)),
      },
    ]),
  );
}

export function tables(data) {
  return [
    {
      columns: ['workers', 'longest block ms, primary', 'min – max', 'workers', 'min – max'],
      rows: Object.entries(data).map(([workers, { primary, workers: inWorkers }]) => [
        workers,
        milliseconds(primary.median),
        range(primary, milliseconds),
        milliseconds(inWorkers.median),
        range(inWorkers, milliseconds),
      ]),
    },
  ];
}
