import { join, relative } from 'node:path';
import type * as SupportTable from '../../packages/aerospike-memory-server/test/support/support-table';
import { GeneratedSection } from '../generated-section';
import { PACKAGE_NAMES, PACKAGES, ROOT, type PackageName } from '@test/support';
import { ENTRIES } from './api/entries';
import { apiReference, optionsTable } from './api/reference';
import { built } from './built';
import { errorTypes } from './error-types';
import { notices } from './notices';
import { operations } from './operations';
import { testedVersions } from './tested-versions';

/** A part of a document that is made from the code. */
interface Section {
  readonly file: string;
  readonly name: string;
  readonly content: () => string;
}

const { supportTable } = built(
  'aerospike-memory-server',
  'test/support/support-table',
) as typeof SupportTable;

/** The options that the packages' READMEs have, by the interfaces whose docstrings tell of them. */
const OPTIONS: Readonly<Record<PackageName, readonly string[]>> = {
  'opentelemetry-instrumentation-aerospike': [
    'AerospikeInstrumentationConfig',
    'DurationViewOptions',
    'AerospikeMetricProducerOptions',
    'MetricsServerOptions',
  ],
  'aerospike-memory-server': ['MemoryServerOptions'],
};

/** What `npm run docs` writes. */
const FROM_CODE: readonly Section[] = [
  { file: 'docs/metrics.md', name: 'operations', content: operations },
  { file: 'docs/metrics.md', name: 'error types', content: errorTypes },
  { file: 'docs/troubleshooting.md', name: 'notices', content: notices },
  ...ENTRIES.map(({ name }) => ({
    file: 'docs/api.md',
    name,
    content: () => apiReference(name),
  })),
  ...PACKAGE_NAMES.flatMap(packageName =>
    OPTIONS[packageName].map(name => ({
      file: relative(ROOT, join(PACKAGES[packageName], 'README.md')),
      name,
      content: () => optionsTable(name),
    })),
  ),
  { file: 'packages/aerospike-memory-server/SUPPORT.md', name: 'support', content: supportTable },
];

/** What `npm run test:matrix -- --write-docs` writes, once all tests have passed. */
const FROM_MATRIX: readonly Section[] = [
  {
    file: 'packages/instrumentation-aerospike/README.md',
    name: 'tested versions',
    content: testedVersions,
  },
];

export const writeFromCode = () => write(FROM_CODE);
export const writeFromMatrix = () => write(FROM_MATRIX);

/** The sections that differ from what the code and the matrix would write. */
export async function outdatedSections(): Promise<string[]> {
  const outdated: string[] = [];
  for (const { file, name, content } of [...FROM_CODE, ...FROM_MATRIX]) {
    if (!(await sectionOf(file, name).has(content()))) outdated.push(`${file}: ${name}`);
  }
  return outdated;
}

/** One after the other, since some are in the same file. */
async function write(sections: readonly Section[]): Promise<void> {
  for (const { file, name, content } of sections) await sectionOf(file, name).write(content());
}

function sectionOf(file: string, name: string): GeneratedSection {
  return new GeneratedSection(join(ROOT, file), name);
}
