import { BOUNDARIES } from '../boundaries.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { availableRecorders, RECORDERS } from '../recorders/index.mjs';
import { nanoseconds, range, ratio } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

export const title = 'One recording';

export const method =
  'From the namespace, set and name of an operation and its seconds to the buckets, for 30 series in turn. Measured with ' +
  'mitata, one process for each row and round.';

export async function run({ quick, isWanted, progress }) {
  const measureOne = id =>
    runInProcess('recording.mjs', {
      id,
      series: 30,
      boundaries: BOUNDARIES,
      milliseconds: quick ? 10 : 200,
    });
  const runs = Object.fromEntries(
    availableRecorders()
      .filter(isWanted)
      .map(id => [id, () => measureOne(id)]),
  );
  const results = await interleave(runs, quick ? 1 : 5, progress);
  return Object.fromEntries(Object.entries(results).map(([id, rounds]) => [id, spread(rounds)]));
}

export function tables(data) {
  const best = data.producer ?? data.histogram ?? Object.values(data)[0];
  return [
    {
      columns: ['', 'ns', 'min – max', 'times this package'],
      rows: Object.entries(data).map(([id, time]) => [
        RECORDERS[id].label,
        nanoseconds(time.median),
        range(time, nanoseconds),
        ratio(time.median / best.median),
      ]),
    },
  ];
}
