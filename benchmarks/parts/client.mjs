import { INSTRUMENTATIONS } from '../instrumentations/index.mjs';
import { withServer } from '../processes/server.mjs';
import { COST_COLUMNS, costCells, measureCosts } from './costs.mjs';

/** `put` costs the same within the noise; it fills the server. */
const OPERATIONS = ['get'];

/** Costs that are lost in the noise of a server: the part `wrapper` has them. */
const WITHOUT_RECORDING = ['noSdk', 'disabled', 'plainNoSdk'];

export const title = 'An operation of the real client';

export const method =
  'The real client and a server in another process: `get` of 1,000 keys, 64 in flight, as promises. Blocks of ' +
  'operations alternate between a bare and an instrumented client in one process, one process for each row and round. ' +
  'CPU time of that process for an operation, all of its threads.';

export function run({ quick, isWanted, progress }) {
  const ids = Object.keys(INSTRUMENTATIONS).filter(
    id => !INSTRUMENTATIONS[id].isOtherDriver && !WITHOUT_RECORDING.includes(id) && isWanted(id),
  );
  return withServer(hosts =>
    measureCosts(
      {
        ids,
        operations: OPERATIONS,
        hosts,
        rounds: quick ? 1 : 5,
        blocks: quick
          ? { pairs: 2, size: 200, inFlight: 64 }
          : { pairs: 10, size: 2000, inFlight: 64 },
      },
      progress,
    ),
  );
}

export function tables(data) {
  return [
    {
      columns: ['', ...COST_COLUMNS],
      rows: Object.entries(data).map(([id, { get }]) => [
        INSTRUMENTATIONS[id].label,
        ...costCells(get),
      ]),
    },
  ];
}
