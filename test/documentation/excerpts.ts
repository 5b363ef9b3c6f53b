import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { ROOT } from '@test/support';

/** The languages whose blocks are excerpts of files that other tests run or check, and the names of such files. */
export const EXCERPT_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  js: ['.js', '.mjs', '.cjs'],
  ts: ['.ts'],
  yaml: ['.yaml', '.yml'],
  json: ['.json'],
};

/** The folder of the programs that exist only for the documentation. */
export const PROGRAMS = 'test/documentation/programs';

const FOLDERS = [PROGRAMS, 'examples'];
const NOT_OURS = /(^|\/)(node_modules|build)(\/|$)/;

/** A line of a block that stands for any lines of the file. */
const GAP = /^(?:\/\/|#)? *…$/;

/** The file that a block is an excerpt of; undefined where there is none. */
export function sourceOf(language: string, text: string): string | undefined {
  const runs = [[]] as string[][];
  for (const line of linesOf(text)) {
    if (GAP.test(line)) runs.push([]);
    else runs.at(-1)?.push(line);
  }
  return filesOf(EXCERPT_LANGUAGES[language] ?? []).find(file =>
    contains(linesOf(readFileSync(join(ROOT, file), 'utf8')), runs),
  );
}

function filesOf(extensions: readonly string[]): string[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => extensions.includes(extname(file)) && !NOT_OURS.test(file))
      .map(file => `${folder}/${file}`),
  );
}

/** Without indentation and empty lines. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

/** Whether a file has these runs of lines, one after the other. */
function contains(lines: readonly string[], runs: readonly (readonly string[])[]): boolean {
  let from = 0;
  return runs.every(run => {
    const at = lines.findIndex(
      (_, index) => index >= from && run.every((line, offset) => lines[index + offset] === line),
    );
    from = at + run.length;
    return at !== -1;
  });
}
