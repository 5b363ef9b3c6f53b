import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@test/support';

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Of its first line in the document. */
  readonly line: number;
  /** What the comment directly above it says, for the tests and not for the reader. */
  readonly comment: string | undefined;
}

export interface Document {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

const FENCED =
  /(?:^ *<!-- (?<comment>.*?) -->\n\n)?^(?<indent> *)```(?<language>.*)\n(?<text>(?:.*\n)*?)\k<indent>```$/gm;

const FOLDERS = ['benchmarks', 'docs', 'examples', 'packages', 'test'];
const NOT_OURS = /(^|\/)(node_modules|build)(\/|$)/;

/** Every Markdown file of the repository. */
export function documents(): Document[] {
  const atRoot = readdirSync(ROOT);
  const below = FOLDERS.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      file => `${folder}/${file}`,
    ),
  );
  return [...atRoot, ...below]
    .filter(path => path.endsWith('.md') && !NOT_OURS.test(path))
    .sort()
    .map(documentAt);
}

function documentAt(path: string): Document {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const blocks = Array.from(text.matchAll(FENCED), match => {
    const { comment, language = '', indent = '', text: indented = '' } = match.groups ?? {};
    const start = match.index + match[0].indexOf('```');
    return {
      language,
      text: indented.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
      line: text.slice(0, start).split('\n').length,
      comment,
    };
  });
  return { path, text, blocks };
}
