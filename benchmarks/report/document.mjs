import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { runTable } from '../machine.mjs';
import { PARTS } from '../parts/index.mjs';
import { targetsText } from '../targets.mjs';
import { answer, missingForAnswer } from './answer.mjs';
import { plot } from './plot.mjs';
import { SECTIONS, withSections } from './sections.mjs';
import { formatTable } from './table.mjs';

/**
 * Puts the figures into the documents, the plot next to them, and all figures into .recorded/performance.json. The
 * answer and the targets are those of all runs, the tables and the plot those of the first.
 *
 * @throws Error when a run has not measured what the documents show, or a document has no place for it
 */
export async function writeDocument(results) {
  const [{ run, parts }] = results;
  const contents = {
    answer: () => answer(results),
    targets: () => targetsText(results),
    run: () => formatTable(runTable(run)),
  };
  const contentOf = name => (contents[name] ?? (() => partText(PARTS[name], parts[name])))();
  const missing = [
    ...missingForAnswer(results),
    ...Object.values(SECTIONS)
      .flat()
      .filter(name => name in PARTS && parts[name] === undefined),
  ];
  if (missing.length > 0) throw new Error(`not measured: ${missing.join(', ')}`);
  for (const [name, sections] of Object.entries(SECTIONS)) {
    const file = fileOf(name);
    const { written, names } = withSections(readFileSync(file, 'utf8'), contentOf);
    const without = sections.filter(section => !names.includes(section));
    if (without.length > 0) throw new Error(`${name} has no place for: ${without.join(', ')}`);
    await writeFormatted(file, written);
  }
  writeFileSync(fileOf('docs/performance.svg'), plot(parts));
  const recorded = fileOf('.recorded/performance.json');
  mkdirSync(dirname(recorded), { recursive: true });
  writeFileSync(recorded, JSON.stringify(results));
}

function partText({ method, tables }, figures) {
  return [method, ...tables(figures).map(formatTable)].join('\n\n');
}

async function writeFormatted(file, text) {
  const options = await prettier.resolveConfig(file);
  writeFileSync(file, await prettier.format(text, { ...options, filepath: file }));
}

function fileOf(name) {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}
