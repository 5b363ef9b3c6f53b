import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { runTable } from '../machine.mjs';
import { PARTS } from '../parts/index.mjs';
import { targetsTable } from '../targets.mjs';
import { plot } from './plot.mjs';
import { formatTable } from './table.mjs';

const DOCUMENT = docsFile('performance.md');
const PLOT = docsFile('performance.svg');
const FIGURES = fileURLToPath(new URL('../../.recorded/performance.json', import.meta.url));

/**
 * Puts the figures of one run, and how often each target was reached in all runs, into docs/performance.md, between its
 * markers, the plot next to it, and all figures into .recorded/performance.json.
 *
 * @param results of which the first is shown
 * @throws Error when the document has no place for some of the figures
 */
export async function writeDocument(results) {
  const missing = new Set(['run', 'targets', ...Object.keys(PARTS)]);
  const text = readFileSync(DOCUMENT, 'utf8').replace(
    /(<!-- figures: (\w+) -->)[^]*?(<!-- end -->)/g,
    (_, start, name, end) => {
      missing.delete(name);
      return `${start}\n\n${figuresOf(name, results)}\n\n${end}`;
    },
  );
  if (missing.size > 0) {
    throw new Error(`docs/performance.md has no place for: ${[...missing].join(', ')}`);
  }
  await writeFormatted(DOCUMENT, text);
  mkdirSync(dirname(FIGURES), { recursive: true });
  writeFileSync(FIGURES, JSON.stringify(results));
  writeFileSync(PLOT, plot(results[0].parts));
}

function figuresOf(name, results) {
  const [{ run, parts }] = results;
  if (name === 'run') return formatTable(runTable(run));
  if (name === 'targets') return formatTable(targetsTable(results));
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
