/* What it costs to scrape a fleet: npm run scale -- --instances 10000 --combinations 60 */
import { parseArgs } from 'node:util';
import { costOf, type Cost, type Fleet } from './cost';

const DEFAULTS: Fleet = {
  instances: 10_000,
  combinations: 60,
  nodes: 3,
  interval: 30,
  rollouts: 1,
};

/** The lines of the table, each with how it is computed and written. */
const LINES: readonly (readonly [title: string, text: (cost: Cost) => string])[] = [
  ['series of an instance', cost => integer(cost.seriesOfInstance)],
  ['series', cost => integer(cost.series)],
  ['series that a quantile reads', cost => integer(cost.seriesOfQuantile)],
  ['samples per second', cost => integer(cost.samplesPerSecond)],
  ['memory of Prometheus', cost => `${decimal(cost.memory / 2 ** 30)} GiB`],
  ['CPU of Prometheus, scraping', cost => `${decimal(cost.cores)} cores`],
  ['one scrape, CPU', cost => `${decimal(cost.scrape * 1000)} ms`],
  ['one scrape, bytes', cost => `${decimal(cost.answer / 1000)} kB`],
  ['network', cost => `${decimal(cost.network / 1e6)} MB/s`],
];

function main(): void {
  const fleet = readFleet(process.argv.slice(2));
  console.log(
    `${integer(fleet.instances)} instances with ${integer(fleet.combinations)} combinations each, ` +
      `${integer(fleet.nodes)} nodes;\na scrape every ${fleet.interval} s, all instances replaced ` +
      `${integer(fleet.rollouts)} × in three hours\n`,
  );
  const costs = [costOf(fleet, 'classic'), costOf(fleet, 'native')];
  const rows = [
    ['', 'classic', 'native'],
    ...LINES.map(([title, text]) => [title, ...costs.map(text)]),
  ];
  for (const [title = '', ...cells] of rows) {
    console.log(title.padEnd(30) + cells.map(cell => cell.padStart(14)).join(''));
  }
}

/** @throws TypeError for a name that is none, or what is no number above 0 */
function readFleet(args: string[]): Fleet {
  const options = Object.fromEntries(
    Object.keys(DEFAULTS).map(name => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ args, options });
  const read = (name: keyof Fleet): number => {
    const { [name]: text } = values;
    const value = text === undefined ? DEFAULTS[name] : Number(text);
    const least = name === 'rollouts' ? 0 : Number.MIN_VALUE;
    if (!(value >= least)) throw new TypeError(`--${name} must be a number: ${String(text)}`);
    return value;
  };
  return {
    instances: read('instances'),
    combinations: read('combinations'),
    nodes: read('nodes'),
    interval: read('interval'),
    rollouts: read('rollouts'),
  };
}

function integer(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function decimal(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 2 });
}

main();
