/*
 * Packs the instrumentation, installs it into fresh folders, and writes its installed size and its start-up time into
 * the package's README: npm run measure
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Consumers, PACKAGES } from '@test/support';
import { GeneratedSection } from '../generated-section';
import { installedSize } from './installed-size';
import { startUp } from './start-up';

const NAME = 'opentelemetry-instrumentation-aerospike';
const OPTIONAL_PEERS = ['@opentelemetry/sdk-metrics', '@opentelemetry/exporter-prometheus'];
const RUNS = 31;

async function main(): Promise<void> {
  const consumers = await Consumers.create();
  try {
    const alone = await consumers.install('alone', [NAME]);
    const withPeers = await consumers.install('with-peers', [NAME], OPTIONAL_PEERS);
    const sizes = [
      ['the package itself', join(alone, 'node_modules', NAME)],
      ['with all that it needs', join(alone, 'node_modules')],
      ['with the optional packages for `/register` too', join(withPeers, 'node_modules')],
    ] as const;
    const options = ['--require', `${NAME}/register`];
    const idle = startUp('', options, { cwd: withPeers, runs: RUNS });
    const ratio = idle.with / idle.without;
    const tables = [
      table(
        ['Installed', 'Size', 'Files'],
        sizes.map(([title, folder]) => {
          const { bytes, files } = installedSize(folder);
          return [title, `${(bytes / 1e6).toFixed(2)} MB`, String(files)];
        }),
      ),
      table(
        ['Processor time of a process', 'by itself', 'with `--require …/register`', 'Ratio'],
        // What one that loads the client takes is in docs/performance.md.
        [['that loads no `aerospike`', ms(idle.without), ms(idle.with), ratio.toFixed(2)]],
      ),
      `Medians of ${RUNS} alternating runs, with Node.js ${process.versions.node} on ${cpus()[0]?.model ?? 'a machine'}.`,
    ];
    const markdown = tables.join('\n\n');
    console.log(markdown);
    await new GeneratedSection(join(PACKAGES[NAME], 'README.md'), 'cost').write(markdown);
  } finally {
    consumers.remove();
  }
}

function ms(milliseconds: number): string {
  return `${Math.round(milliseconds)} ms`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const alignment = titles.map((_, column) => (column === 0 ? '---' : '---:'));
  return [titles, alignment, ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

void main();
