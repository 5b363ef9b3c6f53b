import { INSTRUMENTATIONS } from '../instrumentations/index.mjs';
import { nanoseconds, range, ratio } from '../report/format.mjs';
import { measureCosts } from './costs.mjs';

export const title = 'An operation of a client without a server';

export const method = `The client's own JavaScript with its native part replaced by a stub that answers at once: \`get\` as a promise, 64 in
flight. Blocks of operations alternate between a bare and an instrumented client in one process, one process for each row
and round. CPU time of the process for an operation.`;

export function run({ quick, isWanted, progress }) {
  return measureCosts(
    {
      ids: Object.keys(INSTRUMENTATIONS).filter(isWanted),
      operations: ['get'],
      rounds: quick ? 1 : 3,
      blocks: quick
        ? { pairs: 2, size: 500, inFlight: 64 }
        : { pairs: 12, size: 10_000, inFlight: 64 },
    },
    progress,
  );
}

export function tables(data) {
  return [
    {
      columns: ['', 'added ns', 'min – max', 'ratio to bare', 'bare ns'],
      rows: Object.entries(data).map(([id, { get }]) => [
        INSTRUMENTATIONS[id].label,
        nanoseconds(get.added.median),
        range(get.added, nanoseconds),
        ratio(get.cpuRatio.median),
        nanoseconds(get.bare.median),
      ]),
    },
  ];
}
