import { interleave, runInProcess } from '../processes/run.mjs';
import { milliseconds, range } from '../report/format.mjs';
import { spread } from '../statistics.mjs';

const CLIENTS = 3;
const NODES = 3;

export const title = "The client's own state";

export const method =
  `What a scrape or an export takes to read the state of ${CLIENTS} clients of a cluster of ${NODES} nodes and to add it ` +
  'up. Measured with mitata, one process for each round.';

export async function run({ quick, isWanted, progress }) {
  if (!isWanted('reading')) return {};
  const reading = () =>
    runInProcess('observing.mjs', {
      clients: CLIENTS,
      nodes: NODES,
      milliseconds: quick ? 1 : 200,
    });
  const results = await interleave({ reading }, quick ? 1 : 3, progress);
  return { reading: spread(results.reading) };
}

export function tables({ reading }) {
  if (reading === undefined) return [];
  return [
    {
      columns: ['ms', 'min – max'],
      rows: [[milliseconds(reading.median), range(reading, milliseconds)]],
    },
  ];
}
