import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '@test/support';
import type { Document } from './markdown';

const LINK = /\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g;

/** The links of a document that lead to no file or heading. */
export function brokenLinks({ path, text }: Document): string[] {
  return Array.from(text.matchAll(LINK))
    .filter(([, file = '', heading]) => {
      const target = file === '' ? join(ROOT, path) : join(ROOT, dirname(path), file);
      if (!existsSync(target)) return true;
      return heading !== undefined && !headingsOf(target).includes(heading);
    })
    .map(([link]) => link.slice(1));
}

/** The anchors of a document, as GitHub and npm make them of its headings. */
function headingsOf(path: string): string[] {
  const file = statSync(path).isDirectory() ? join(path, 'README.md') : path;
  return Array.from(readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
