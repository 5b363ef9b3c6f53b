import { availableExporters, EXPORTERS } from '../exporters/index.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { integer, milliseconds, range, ratio } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

const SIZES = [30, 450, 2000];
/** Seconds. */
const INTERVALS = [1, 5, 15, 60];

export const title = 'One scrape';

export const method =
  'With series of 10 buckets and 5 labels (prom-client has as many): what it takes to make the ' +
  'text as bytes, in CPU time of the process; and the longest time that the event loop is blocked while a scrape is answered over HTTP. Every value ' +
  'has changed since the scrape before. Measured with mitata, one process for each row and round.';

export async function run({ quick, isWanted, progress }) {
  const sizes = quick ? SIZES.slice(0, 1) : SIZES;
  const measureOne = id => runInProcess('scrape.mjs', { id, sizes, milliseconds: quick ? 1 : 200 });
  const ids = availableExporters().filter(isWanted);
  const runs = Object.fromEntries(ids.map(id => [id, () => measureOne(id)]));
  const results = await interleave(runs, quick ? 1 : 3, progress);
  return Object.fromEntries(
    Object.entries(results).map(([id, rounds]) => [id, bySize(rounds, sizes)]),
  );
}

function bySize(rounds, sizes) {
  return Object.fromEntries(
    sizes.map(size => [
      size,
      {
        cpu: spread(rounds.map(round => round[size].cpu)),
        longest: spread(rounds.map(round => round[size].longest)),
      },
    ]),
  );
}

export function tables(data) {
  const sizes = Object.keys(Object.values(data)[0]);
  return [...sizes.map(size => sizeTable(data, size)), intervalTable(data, sizes.at(-1))];
}

function sizeTable(data, size) {
  return {
    columns: [
      `${integer(Number(size))} series`,
      'CPU ms',
      'min – max',
      'times this package',
      'longest block ms',
      'min – max',
    ],
    rows: Object.entries(data).map(
      ([
        id,
        {
          [size]: { cpu, longest },
        },
      ]) => [
        EXPORTERS[id].label,
        milliseconds(cpu.median),
        range(cpu, milliseconds),
        data.thisPackage ? ratio(cpu.median / data.thisPackage[size].cpu.median) : '',
        milliseconds(longest.median),
        range(longest, milliseconds),
      ],
    ),
  };
}

/** What part of the time scrapes take, by how often they come. */
function intervalTable(data, size) {
  return {
    columns: [
      `${integer(Number(size))} series, scraped every`,
      ...INTERVALS.map(seconds => `${seconds} s`),
    ],
    rows: Object.entries(data).map(
      ([
        id,
        {
          [size]: { cpu },
        },
      ]) => [
        EXPORTERS[id].label,
        ...INTERVALS.map(seconds => `${(cpu.median / seconds / 10).toFixed(2)} %`),
      ],
    ),
  };
}
