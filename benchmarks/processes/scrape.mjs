/* In a process of its own: what scrapes cost, with more and more series. */
import { strictEqual } from 'node:assert';
import { measure } from 'mitata';
import { EXPORTERS } from '../exporters/index.mjs';
import { Scraper } from '../exporters/scraper.mjs';
import { longestBlock } from './blocks.mjs';
import { options, report } from './child.mjs';

const WARM_UP = 5;

const { id, sizes, milliseconds } = options();

function countInText(text) {
  return text.match(/^\w+_count\{/gm).length;
}

const { record, text, countSeries = countInText, url, headers } = await EXPORTERS[id].create();
const scraper = new Scraper();
const result = {};

for (const size of sizes) {
  const sets = Array.from({ length: size }, (_, number) => `set-${number}`);
  const medianOf = async measured => {
    const scrapeNext = async () => {
      // Between two scrapes all values change.
      await record(sets);
      return measured();
    };
    const { p50 } = await measure(scrapeNext, {
      manual: 'real',
      min_cpu_time: milliseconds * 1e6,
      min_samples: 5,
    });
    return p50;
  };
  for (let scrapes = 0; scrapes < WARM_UP; scrapes++) {
    await record(sets);
    await text();
  }
  const written = await text();
  strictEqual(countSeries(written), size, `${id}: number of series`);
  const end = headers?.accept.includes('openmetrics') ? '# EOF\n'.length : 0;
  const length = Buffer.byteLength(written) + end;
  strictEqual(await scraper.scrape(url, headers), length, `${id}: bytes of a scrape`);

  result[size] = {
    cpu: await medianOf(async () => {
      const start = process.cpuUsage();
      // The bytes: text alone may be a chain of pieces that nobody has joined yet.
      Buffer.from(await text());
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
    longest: await medianOf(() => longestBlock(() => scraper.scrape(url, headers))),
  };
}
report(result);
