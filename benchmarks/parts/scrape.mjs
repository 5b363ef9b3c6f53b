import { availableExporters, EXPORTERS } from '../exporters/index.mjs';
import { interleave, runInProcess } from '../processes/run.mjs';
import { integer, milliseconds, range } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

const SIZES = [30, 450, 2000];

export const title = 'One scrape';

export const method =
  'With attribute sets of 12 series each (10 buckets, sum and count) and 5 labels: what it takes to make the answer as bytes, in CPU time of the process; and ' +
  'the longest time that the event loop is blocked while a scrape is answered over HTTP. Every value has changed since ' +
  'the scrape before. Measured with mitata, one process for each row and round.';

export async function run({ quick, isWanted, progress }) {
  const sizes = SIZES;
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
  const most = sizes.at(-1);
  const middle = sizes[sizes.length >> 1];
  return [
    {
      columns: [
        'CPU ms, by attribute sets',
        ...sizes.map(size => integer(Number(size))),
        `${integer(Number(middle))}: min – max`,
        `longest block of ${integer(Number(most))}`,
        'min – max',
      ],
      rows: Object.entries(data).map(([id, bySize]) => [
        EXPORTERS[id].label,
        ...sizes.map(size => milliseconds(bySize[size].cpu.median)),
        range(bySize[middle].cpu, milliseconds),
        milliseconds(bySize[most].longest.median),
        range(bySize[most].longest, milliseconds),
      ]),
    },
  ];
}
