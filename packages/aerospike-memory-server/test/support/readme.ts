import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supportTable } from './support-table';

const README = join(__dirname, '../../../README.md');
const BEGIN = '<!-- support: written by `npm run support-table` -->\n\n';
const END = '\n\n<!-- /support -->';

/** The README as it is, and as it would be with the support table of today. */
export async function readme(): Promise<{ current: string; expected: string }> {
  const { format, resolveConfig } = await import('prettier');
  const current = readFileSync(README, 'utf8');
  const before = current.slice(0, current.indexOf(BEGIN) + BEGIN.length);
  const after = current.slice(current.indexOf(END));
  const config = await resolveConfig(README);
  const expected = await format(before + supportTable() + after, { ...config, filepath: README });
  return { current, expected };
}

if (require.main === module) {
  void readme().then(({ expected }) => {
    writeFileSync(README, expected);
  });
}
