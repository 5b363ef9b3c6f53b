import { join } from 'node:path';
import { ROOT } from '@test/support';
import { GeneratedSection } from '../generated-section';
import type { Report } from './program';
import { tally, tallyOfMeasured, type Trial } from './trial';

const FILE = join(ROOT, 'docs/reliability.md');

/** The table of docs/reliability.md. */
export const FAULTS = new GeneratedSection(FILE, 'faults');

const COLUMNS: readonly [title: string, cell: (trial: Trial) => string][] = [
  ['What goes wrong', ({ scenario }) => scenario.title],
  ['Calls', ({ instrumented }) => String(instrumented.outcomes.length)],
  ['What the application gets', outcomesOf],
  ['Measurements', ({ instrumented }) => String(sum(tallyOfMeasured(instrumented)))],
  ['Spans', ({ instrumented: { spans } }) => (spans === undefined ? '–' : String(sum(spans)))],
  ['Objects left per call, without us', ({ bare }) => leftPerCall(bare)],
  ['with us', ({ instrumented }) => leftPerCall(instrumented)],
];

export function faultsTable(trials: readonly Trial[]): string {
  return [
    COLUMNS.map(([title]) => title),
    COLUMNS.map((_, column) => (column === 0 || column === 2 ? '---' : '---:')),
    ...trials.map(trial => COLUMNS.map(([, cell]) => cell(trial))),
  ]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** `ok 90, Timeout (9) 90` */
function outcomesOf({ instrumented: { outcomes, measured } }: Trial): string {
  const types = new Map(measured.map(({ statusCode, errorType }) => [statusCode, errorType]));
  return Object.entries(tally(outcomes.map(outcome => outcome.split(' ').at(-1) ?? '')))
    .map(([code, count]) => {
      const type = types.get(code);
      return `${type === undefined ? code : `\`${type}\` (${code})`} ${count}`;
    })
    .join(', ');
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function leftPerCall({ objectsLeft, lastCalls }: Report): string {
  // Adding 0 makes 0 of -0.
  return (Math.round((objectsLeft / lastCalls) * 100) / 100 + 0).toFixed(2);
}
