/* npm run bench: see README.md */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeRun, runTable } from './machine.mjs';
import { ON_REQUEST, PARTS } from './parts/index.mjs';
import { installPeers } from './peers.mjs';
import { writeDocument } from './report/document.mjs';
import { showProgress } from './report/progress.mjs';
import { formatTable } from './report/table.mjs';
import { targetsText } from './targets.mjs';

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  'no-peers': { type: 'boolean', default: false },
  rows: { type: 'string' },
  json: { type: 'boolean', default: false },
  'write-docs': { type: 'boolean', default: false },
  from: { type: 'string', multiple: true },
};

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const print = values.json ? () => undefined : text => console.log(`${text}\n`);
  const results = values.from
    ? readResults(values.from, print)
    : [await measure(partsOf(positionals), values, print)];
  if (!values.quick) print(targetsText(results));
  if (values.json) console.log(JSON.stringify(results));
  if (values['write-docs']) await writeDocument(results);
}

async function measure(names, { quick, rows, 'no-peers': withoutPeers }, print) {
  if (!withoutPeers) installPeers();
  const wanted = rows?.split(',');
  const isWanted = id => wanted?.includes(id) ?? true;
  const start = performance.now();
  const result = { run: describeRun(), parts: {} };
  print(formatTable(runTable(result.run)));
  for (const name of names) {
    const progress = showProgress(name);
    result.parts[name] = await PARTS[name].run({ quick, isWanted, progress });
    progress.end();
    printPart(name, result.parts[name], print);
  }
  result.run.minutes = (performance.now() - start) / 60_000;
  return result;
}

/** What earlier runs have written with --json. The first one is shown in full. */
function readResults(files, print) {
  const results = files.flatMap(file => JSON.parse(readFileSync(file, 'utf8')));
  const [{ run, parts }] = results;
  print(formatTable(runTable(run)));
  for (const [name, figures] of Object.entries(parts)) printPart(name, figures, print);
  return results;
}

function printPart(name, figures, print) {
  const { title, method, tables } = PARTS[name];
  print(`${title}\n\n${method}`);
  for (const table of tables(figures)) print(formatTable(table));
}

function partsOf(names) {
  const unknown = names.find(name => !(name in PARTS));
  if (unknown !== undefined) {
    throw new Error(
      `There is no part '${unknown}'. The parts are: ${Object.keys(PARTS).join(', ')}.`,
    );
  }
  return names.length > 0 ? names : Object.keys(PARTS).filter(name => !ON_REQUEST.includes(name));
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
