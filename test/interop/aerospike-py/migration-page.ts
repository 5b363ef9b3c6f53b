import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GeneratedSection } from '@repository/tools/build/generated-section';
import { ROOT } from '@test/support';
import { table } from '@repository/tools/build/documentation/table';
import { REQUIREMENTS } from '../toolchains/python';
import type { Difference } from './differences';

/** The table of docs/migration.md. */
export const SECTION = new GeneratedSection(join(ROOT, 'docs/migration.md'), 'differences');

export function markdown(differences: readonly Difference[]): string {
  const [, version = ''] = /^aerospike-py==(.*)$/m.exec(readFileSync(REQUIREMENTS, 'utf8')) ?? [];
  return table(['What', 'here', `aerospike-py ${version}`, 'What to do'], differences);
}
