/* In a process of its own: how much memory each series takes, before and after it was scraped. */
import { EXPORTERS } from '../exporters/index.mjs';
import { options, report } from './child.mjs';

const { id, series } = options();
/** Whatever is made once, optimised code too, is there before anything is measured. */
const WARM_UP = { sets: 50, turns: 400 };

function usedBytes() {
  global.gc();
  global.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const setsFrom = (first, count) =>
  Array.from({ length: count }, (_, number) => `set-${first + number}`);

const { record, text } = await EXPORTERS[id].create();

async function scrape() {
  for (let time = 0; time < 2; time++) await text();
  // Nothing of the text is left in a pending turn.
  await new Promise(setImmediate);
}

for (let turn = 0; turn < WARM_UP.turns; turn++) await record(setsFrom(0, WARM_UP.sets));
await scrape();
const before = usedBytes();
await record(setsFrom(WARM_UP.sets, series));
const recorded = usedBytes();
await scrape();
report({
  recorded: (recorded - before) / series,
  scraped: (usedBytes() - before) / series,
});
