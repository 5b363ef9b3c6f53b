import { unescaped } from '../../drawing/svg';

const WORDS = /<text class="(heading|title|legend|head|cell name)"[^>]*>([^<]*)<\/text>/g;
/** The address of a node or of a target, whose port is any free one. */
const ADDRESS = /127\.0\.0\.1:\d+/;

/**
 * What does not vary from run to run: for each panel its title, and after it the legends of its lines, or the head and
 * the names of its table, sorted.
 */
export function wordsOf(picture: string): string[][] {
  const panels: string[][] = [];
  for (const [, kind, text = ''] of picture.matchAll(WORDS)) {
    const word = unescaped(text).replace(ADDRESS, '127.0.0.1');
    if (kind === 'heading' || kind === 'title') panels.push([word]);
    else panels.at(-1)?.push(word);
  }
  return panels.map(([title = '', ...words]) => [title, ...words.sort()]);
}
