import { join } from 'node:path';
import { ROOT } from '@test/support';
import { GeneratedSection } from '../../generated-section';
import { tally } from '../trial';
import type { WorkersTrial } from './trial';

const FILE = join(ROOT, 'docs/reliability.md');

/** The second table of docs/reliability.md. */
export const WORKERS_FAULTS = new GeneratedSection(FILE, 'faults of workers');

const COLUMNS: readonly [title: string, cell: (trial: WorkersTrial) => string][] = [
  ['What goes wrong', ({ scenario }) => scenario.title],
  ['How workers ended', endsOf],
  ['Calls', ({ instrumented }) => String(instrumented.calls)],
  ['Counted', ({ instrumented: { counted } }) => (counted === undefined ? '–' : String(counted))],
  ['What is said', ({ instrumented }) => [...new Set(instrumented.said)].join('<br>') || 'nothing'],
];

export function workersTable(trials: readonly WorkersTrial[]): string {
  return [
    COLUMNS.map(([title]) => title),
    COLUMNS.map(([title]) => (['Calls', 'Counted'].includes(title) ? '---:' : '---')),
    ...trials.map(trial => COLUMNS.map(([, cell]) => cell(trial))),
  ]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** `code 3, 12 times` */
function endsOf({ instrumented: { printed } }: WorkersTrial): string {
  const ways = Object.entries(tally(printed.map(line => line.replace('ended ', ''))));
  return ways.map(([way, times]) => (times > 1 ? `${way}, ${times} times` : way)).join(', ') || '–';
}
