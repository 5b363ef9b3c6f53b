import { availableExporters, EXPORTERS } from '../exporters/index.mjs';
import { INSTRUMENTATIONS } from '../instrumentations/index.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { withServer } from '../processes/server.mjs';
import { integer, mebibytes, range } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

const SERIES = 1800;
/** Of the formats one, whose durations are as far apart as those of a real server. */
const EXPORTER_IDS = ['lowerBound', 'thisPackage', 'protobuf', 'stock', 'promClient'];
const FLAT_MEMORY_IDS = ['producer'];

export const title = 'Memory';

export const method =
  `Heap and array buffers that ${SERIES.toLocaleString('en')} further attribute sets take, after garbage collection, each: when something has been ` +
  'recorded in them, and when they have been scraped too. And whether memory stays flat with the real client and ' +
  'whatever set names an application invents, and whatever streams it abandons.';

export async function run({ quick, isWanted, progress }) {
  return {
    series: await seriesMemory({ quick, isWanted, progress }),
    flat: await flatMemory({ quick, isWanted, progress }),
  };
}

async function seriesMemory({ quick, isWanted, progress }) {
  const ids = availableExporters().filter(id => EXPORTER_IDS.includes(id) && isWanted(id));
  const measureOne = id => runInProcess('series-memory.mjs', { id, series: SERIES });
  const runs = Object.fromEntries(ids.map(id => [id, () => measureOne(id)]));
  const results = await interleave(runs, quick ? 1 : 3, progress);
  return Object.fromEntries(
    Object.entries(results).map(([id, rounds]) => [
      id,
      {
        recorded: spread(rounds.map(({ recorded }) => recorded)),
        scraped: spread(rounds.map(({ scraped }) => scraped)),
      },
    ]),
  );
}

async function flatMemory({ quick, isWanted, progress }) {
  const amounts = quick
    ? { operations: 2000, sets: 500, streams: 100 }
    : { operations: 500_000, sets: 100_000, streams: 10_000 };
  const runs = {};
  await withServer(async hosts => {
    for (const id of FLAT_MEMORY_IDS.filter(isWanted)) {
      progress(`${id}, ${integer(amounts.operations)} operations`);
      runs[id] = await runInProcess('flat-memory.mjs', { id, hosts, ...amounts });
    }
  });
  return { ...amounts, runs };
}

export function tables({ series, flat }) {
  return [seriesTable(series), flatTable(flat)];
}

function seriesTable(series) {
  return {
    columns: ['', 'bytes an attribute set', 'min – max', 'bytes once scraped', 'min – max'],
    rows: Object.entries(series).map(([id, { recorded, scraped }]) => [
      EXPORTERS[id].label,
      integer(recorded.median),
      range(recorded, integer),
      integer(scraped.median),
      range(scraped, integer),
    ]),
  };
}

function flatTable({ operations, sets, streams, runs }) {
  return {
    columns: [
      `${integer(sets)} sets, heap in MiB`,
      `after ${integer(operations / 10)} operations`,
      `after ${integer(operations)}`,
      `after ${integer(streams)} abandoned streams`,
      'attribute sets (overflow)',
      'operations counted',
    ],
    rows: Object.entries(runs).map(([id, run]) => [
      INSTRUMENTATIONS[id].label,
      mebibytes(run.afterWarmUp),
      mebibytes(run.afterOperations),
      mebibytes(run.afterStreams),
      `${integer(run.series)} (${run.overflowSets})`,
      integer(run.counted),
    ]),
  };
}
