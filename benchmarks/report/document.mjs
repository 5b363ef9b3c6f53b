import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { runTable } from '../machine.mjs';
import { PARTS } from '../parts/index.mjs';
import { targetsTable } from '../targets.mjs';
import { plot } from './plot.mjs';
import { formatTable } from './table.mjs';

const DOCUMENT = docsFile('performance.md');
const PLOT = docsFile('performance.svg');
const FIGURES = docsFile('performance.json');

/** Puts a run's figures into docs/performance.md, between its markers, and next to it the plot and the figures. */
export async function writeDocument(result) {
  const text = readFileSync(DOCUMENT, 'utf8').replace(
    /(<!-- figures: (\w+) -->\n)[^]*?(\n<!-- end -->)/g,
    (_, start, name, end) => `${start}\n${figuresOf(name, result)}\n${end}`,
  );
  await writeFormatted(DOCUMENT, text);
  await writeFormatted(FIGURES, JSON.stringify(result));
  writeFileSync(PLOT, plot(result.parts));
}

function figuresOf(name, { run, parts }) {
  if (name === 'run') return formatTable(runTable(run));
  if (name === 'targets') return formatTable(targetsTable(parts));
  if (parts[name] === undefined) return 'Not measured in this run.';
  const { method, tables } = PARTS[name];
  return [method, ...tables(parts[name]).map(formatTable)].join('\n\n');
}

async function writeFormatted(file, text) {
  const options = await prettier.resolveConfig(file);
  writeFileSync(file, await prettier.format(text, { ...options, filepath: file }));
}

function docsFile(name) {
  return fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
}
