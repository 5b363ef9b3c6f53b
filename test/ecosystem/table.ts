import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Versions } from './ecosystem';
import { ROOT } from './root';
import { resultOf, type SetUp } from './set-up';
import { SET_UPS } from './set-ups';

const FILE = join(ROOT, 'docs/compatibility.md');

const INTRODUCTION = `# Compatibility

**All of these work**, each with the commands of [set-ups](set-ups.md). They are tried on each change, in folders of their
own, with packed packages; where something is missing or not supported, one line says so:

<!-- written by \`npm run test:ecosystem -- --write-docs\` -->

`;

/** Writes the table of what has passed, with the versions it was tried with. */
export async function writeTable(versions: ReadonlyMap<string, Versions>): Promise<void> {
  const rows = SET_UPS.map(setUp => {
    const named = Object.entries(versions.get(setUp.name) ?? {}).map(
      ([name, version]) => `\`${name}\` ${version}`,
    );
    return [setUp.name, String(setUp.node ?? 22), named.join(', '), resultOf(setUp)];
  });
  const lines = [['Set-up', 'Node.js', 'Versions', 'Result'], ['-', '-', '-', '-'], ...rows];
  const table = lines.map(cells => `| ${cells.join(' | ')} |`).join('\n');
  const config = await resolveConfig(FILE);
  writeFileSync(FILE, await format(`${INTRODUCTION}${table}\n`, { ...config, filepath: FILE }));
}

/** The set-ups whose row in the table says something else than what is tried. Versions may vary. */
export function outdatedRows(): string[] {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const rows = text
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()))
    .map(([, name = '', node = '', , result = '']) => `${name}: Node.js ${node}, ${result}`);
  const expected = SET_UPS.map(expectedRow);
  return [
    ...expected.filter(row => !rows.includes(row)),
    ...rows.filter(row => !expected.includes(row)),
  ];
}

function expectedRow(setUp: SetUp): string {
  return `${setUp.name}: Node.js ${setUp.node ?? 22}, ${resultOf(setUp)}`;
}
