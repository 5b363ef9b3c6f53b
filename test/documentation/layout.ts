import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@test/support';
import type { Block } from './markdown';

/** Whether a text is the layout of a folder, which its first line names. */
export function isLayout({ language, text }: Block): boolean {
  const [first = ''] = text.split('\n');
  return language === 'text' && /^\w[\w/-]*$/.test(first) && existsSync(join(ROOT, first));
}

/** What is wrong with the layout of a folder: its first line, and below the names of what is in it. */
export function layoutMistakes(text: string): string[] {
  const [folder = '', ...lines] = text.split('\n');
  const named = lines.flatMap(line =>
    (/^ *([^\s,]+(?:, [^\s,]+)*)/.exec(line)?.[1] ?? '').split(', '),
  );
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  return [
    ...named.filter(name => !entries.includes(name)).map(name => `there is no ${name}`),
    ...entries
      .filter(name => name.endsWith('/') && !named.includes(name))
      .map(name => `${name} is left out`),
  ];
}
