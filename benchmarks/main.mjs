/* npm run bench: see README.md */
import { parseArgs } from 'node:util';
import { installPeers } from './peers.mjs';
import { showProgress } from './report/progress.mjs';
import { formatTable } from './report/table.mjs';

const PARTS = ['recording', 'wrapper'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    'no-peers': { type: 'boolean', default: false },
    rows: { type: 'string' },
  },
});
const unknown = positionals.filter(name => !PARTS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part '${unknown[0]}'. The parts are: ${PARTS.join(', ')}.`);
  process.exit(1);
}
if (!values['no-peers']) installPeers();
const rows = values.rows?.split(',');
const isWanted = id => rows?.includes(id) ?? true;
for (const name of PARTS.filter(part => positionals.length === 0 || positionals.includes(part))) {
  const part = await import(`./parts/${name}.mjs`);
  const progress = showProgress(name);
  const data = await part.run({ quick: values.quick, isWanted, progress });
  progress.end();
  console.log(`\n${part.title}\n`);
  for (const table of part.tables(data)) console.log(formatTable(table));
}
