import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@test/support';

/** The queries in a Markdown file: its blocks that are marked as PromQL. */
export function queriesOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return Array.from(text.matchAll(/^```promql\n(.*?)\n```$/gms), ([, query = '']) => query);
}

/** Every document of the repository that has queries. */
export const DOCUMENTS_WITH_QUERIES = ['docs', 'examples', 'packages']
  .flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.md') && !file.includes('node_modules'))
      .map(file => `${folder}/${file}`),
  )
  .filter(file => queriesOf(file).length > 0)
  .sort();
