import { BOUNDARIES } from '../boundaries.mjs';
import { isInstalled } from '../installed.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { withServer } from '../processes/server.mjs';
import { RECORDERS } from '../recorders/index.mjs';
import { integer, nanoseconds } from '../report/format.mjs';
import { spread } from '../statistics.mjs';
import { COST_COLUMNS, costCells, costs } from './costs.mjs';

const RECORDER_IDS = ['producer', 'promClient', 'plainHistogram'];
const FULL = {
  series: [1, 30, 450, 2000],
  buckets: [5, 10, 25, 50, 100],
  inFlight: [1, 16, 64, 256],
};
const QUICK = { series: [30], buckets: [10], inFlight: [16] };

export const title = 'How the costs grow';

export const method =
  'Recordings as above, with other numbers of attribute sets (of 10 buckets) and of buckets (of 30 attribute sets). And `get` of the ' +
  'real client as above, measured with the metric producer, with other numbers of operations in flight.';

export async function run({ quick, isWanted, progress }) {
  const ids = RECORDER_IDS.filter(id => isInstalled(RECORDERS[id].needs) && isWanted(id));
  const sizes = quick ? QUICK : FULL;
  const common = { milliseconds: quick ? 5 : 100, rounds: quick ? 1 : 3, progress };
  return {
    series: await recordings({ ids, sizes: sizes.series, ...common }, series => ({
      series,
      boundaries: BOUNDARIES,
    })),
    buckets: await recordings({ ids, sizes: sizes.buckets, ...common }, buckets => ({
      series: 30,
      boundaries: boundariesOf(buckets),
    })),
    inFlight: isWanted('producer')
      ? await concurrency({ quick, sizes: sizes.inFlight, progress })
      : {},
  };
}

/** Nanoseconds of a recording, by recorder and size. */
async function recordings({ ids, sizes, milliseconds, rounds, progress }, optionsOf) {
  const pairs = ids.flatMap(id => sizes.map(size => ({ id, size })));
  const runs = pairs.map(({ id, size }) => [
    `${id} ${size}`,
    () => runInProcess('recording.mjs', { id, milliseconds, ...optionsOf(size) }),
  ]);
  const results = await interleave(Object.fromEntries(runs), rounds, progress);
  const timesOf = id => sizes.map(size => [size, spread(results[`${id} ${size}`])]);
  return Object.fromEntries(ids.map(id => [id, Object.fromEntries(timesOf(id))]));
}

/** So many buckets for durations from 0.2 ms to 10 s, evenly by magnitude. */
function boundariesOf(buckets) {
  const bounds = buckets - 1;
  return Array.from({ length: bounds }, (_, i) => 0.0002 * 50_000 ** (i / (bounds - 1)));
}

/** What is added to `get`, by the number of operations in flight. */
function concurrency({ quick, sizes, progress }) {
  return withServer(async hosts => {
    const options = { id: 'producer', operations: ['get'], hosts };
    const blocks = quick ? { pairs: 1, size: 200 } : { pairs: 12, size: 2000 };
    const runs = sizes.map(inFlight => [
      // In front of a number, so that the order stays.
      `${inFlight} in flight`,
      () => runInProcess('alternation.mjs', { ...options, ...blocks, inFlight }),
    ]);
    const results = await interleave(Object.fromEntries(runs), quick ? 1 : 3, progress);
    return Object.fromEntries(
      sizes.map(inFlight => [inFlight, costs(results[`${inFlight} in flight`], 'get')]),
    );
  });
}

export function tables({ series, buckets, inFlight }) {
  return [
    recordingTable('ns, by attribute sets', series),
    recordingTable('ns, by buckets', buckets),
    {
      columns: ['`get`, in flight', ...COST_COLUMNS],
      rows: Object.entries(inFlight).map(([number, cost]) => [number, ...costCells(cost)]),
    },
  ];
}

function recordingTable(caption, times) {
  const sizes = Object.keys(Object.values(times)[0] ?? {}).map(Number);
  return {
    columns: [caption, ...sizes.map(integer)],
    rows: Object.entries(times).map(([id, bySize]) => [
      RECORDERS[id].label,
      ...sizes.map(size => nanoseconds(bySize[size].median)),
    ]),
  };
}
