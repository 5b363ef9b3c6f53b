/* In a process of its own: what one recorder takes for one duration. */
import { measure } from 'mitata';
import { RECORDERS } from '../recorders/index.mjs';
import { options, report } from './child.mjs';

const { id, series, boundaries, milliseconds } = options();

/** Enough different ones that no branch can be learned by heart: from 0.2 to 200 ms, evenly by magnitude. */
const DURATIONS = Float64Array.from({ length: 1024 }, () => 0.0002 * 10 ** (3 * Math.random()));

const record = await RECORDERS[id].create(boundaries);
const sets = Array.from({ length: series }, (_, number) => `set-${number}`);
let number = 0;
let turn = 0;
const recordNext = () => {
  number = number + 1 === sets.length ? 0 : number + 1;
  turn = (turn + 1) & 1023;
  record(sets[number], DURATIONS[turn]);
};
for (let made = 0; made < 10 * series; made++) recordNext();
// One call is shorter than what a clock tells, also when the first calls of a busy machine are not.
const alwaysInBatches = { warmup_threshold: Infinity, batch_threshold: Infinity };
const { p50 } = await measure(recordNext, {
  ...alwaysInBatches,
  min_cpu_time: milliseconds * 1e6,
  min_samples: 3,
});
report(p50);
