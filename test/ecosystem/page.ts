import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/** What a section of docs/set-ups.md tells its reader to do. */
export interface Recipe {
  /** Lines that install packages. */
  readonly installs: readonly string[];
  /** All other commands. */
  readonly commands: readonly string[];
  /** Text by file name. */
  readonly files: Readonly<Record<string, string>>;
}

export const PAGE = 'docs/set-ups.md';

const HEADING = /^(#{2,}) (.*)$/;
const FENCE = /^```(\w*)$/;
/** Blocks of these languages are files, whose first line is a comment with the file's name. */
const FILE_NAME = /^(?:\/\/|#) (\S+\.(?:[cm]?[jt]s|ya?ml)|Dockerfile)$/;
const INSTALLS = /^(?:npm install|npm pkg set|pnpm add|yarn add) /;

/** Reads the page into its sections, by heading. A section ends at the next heading, whatever its level. */
export function readPage(
  text = readFileSync(join(ROOT, PAGE), 'utf8'),
): ReadonlyMap<string, Recipe> {
  const sections = new Map<string, Recipe>();
  for (const { heading, blocks } of sectionsOf(text)) {
    const installs: string[] = [];
    const commands: string[] = [];
    const files: Record<string, string> = {};
    for (const { language, lines } of blocks) {
      if (language === 'sh') {
        for (const line of commandsOf(lines))
          (INSTALLS.test(line) ? installs : commands).push(line);
      } else if (language !== 'text') {
        const [first = '', ...rest] = lines;
        const [, name] = FILE_NAME.exec(first) ?? [];
        if (name === undefined)
          throw new Error(`${PAGE}, ${heading}: a block without a file name: ${first}`);
        files[name] = `${rest.join('\n')}\n`;
      }
    }
    if (sections.has(heading)) throw new Error(`${PAGE} has ${heading} twice`);
    sections.set(heading, { installs, commands, files });
  }
  return sections;
}

/** What several sections say together. */
export function recipeOf(
  headings: readonly string[],
  page: ReadonlyMap<string, Recipe> = readPage(),
): Recipe {
  const recipes = headings.map(heading => {
    const recipe = page.get(heading);
    if (recipe === undefined) throw new Error(`${PAGE} has no section ${heading}`);
    return recipe;
  });
  return {
    installs: recipes.flatMap(({ installs }) => installs),
    commands: recipes.flatMap(({ commands }) => commands),
    files: Object.assign({}, ...recipes.map(({ files }) => files)) as Recipe['files'],
  };
}

interface Section {
  readonly heading: string;
  readonly blocks: { readonly language: string; readonly lines: string[] }[];
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let open: string[] | undefined;
  for (const line of text.split('\n')) {
    if (open !== undefined) {
      if (line === '```') open = undefined;
      else open.push(line);
      continue;
    }
    const [, , heading] = HEADING.exec(line) ?? [];
    const [, language] = FENCE.exec(line) ?? [];
    if (heading !== undefined) sections.push({ heading, blocks: [] });
    if (language !== undefined) {
      open = [];
      sections.at(-1)?.blocks.push({ language, lines: open });
    }
  }
  return sections;
}

function commandsOf(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map(line => line.replace(/(^| +)# .*$/, ''))
    .filter(line => line !== '');
}
