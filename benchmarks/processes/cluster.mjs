/* In processes of their own: what a scrape costs the primary and the workers of a cluster. */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { EXPORTERS } from '../exporters/index.mjs';
import { Scraper } from '../exporters/scraper.mjs';
import { median } from '../statistics.mjs';
import { cpuTime, longestBlock } from './blocks.mjs';
import { options, report } from './child.mjs';

const { workers, series, scrapes } = options();
const sets = Array.from({ length: series }, (_, number) => `set-${number}`);

if (cluster.isPrimary) {
  // It has to be loaded before the first worker.
  await import('opentelemetry-instrumentation-aerospike/prometheus');
  const all = Array.from({ length: workers }, () => cluster.fork());
  // Not before it listens to questions.
  await Promise.all(all.map(worker => once(worker, 'message')));
  const answers = question => Promise.all(all.map(worker => ask(worker, question)));
  const [{ url }] = await answers('start');
  const scraper = new Scraper();
  const blocks = { primary: [], workers: [] };
  for (let count = 0; count < scrapes; count++) {
    // Between two scrapes all values change.
    await answers('record');
    const inWorkers = answers('watch');
    const inPrimary = await longestBlock(() => scraper.scrape(url), cpuTime);
    await answers('stop');
    blocks.primary.push(inPrimary);
    blocks.workers.push(Math.max(...(await inWorkers).map(({ longest }) => longest)));
  }
  report({ primary: median(blocks.primary), workers: median(blocks.workers) });
} else {
  let exporter;
  let stop;
  const ANSWERS = {
    async start() {
      exporter = await EXPORTERS.thisPackage.create();
      return { url: exporter.url };
    },
    record: () => exporter.record(sets),
    watch: async () => ({
      longest: await longestBlock(
        () =>
          new Promise(resolve => {
            stop = resolve;
          }),
        cpuTime,
      ),
    }),
    stop: () => stop(),
  };
  process.on('message', async question => {
    process.send({ question, ...(await ANSWERS[question]()) });
  });
  process.send({});
}

function ask(worker, question) {
  return new Promise(resolve => {
    const take = answer => {
      if (answer.question !== question) return;
      worker.off('message', take);
      resolve(answer);
    };
    worker.on('message', take);
    worker.send(question);
  });
}
