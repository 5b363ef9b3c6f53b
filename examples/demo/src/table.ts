import type { Line, Report } from './report';

/** How a report is written: the columns of the table, of which all but the first and the last are numbers. */
const COLUMNS: readonly [title: string, cell: (line: Line) => string][] = [
  ['operation', line => line.operation],
  ['ops/s', line => wholeNumber(line.perSecond)],
  ['P50 ms', line => milliseconds(line.p50)],
  ['P99 ms', line => milliseconds(line.p99)],
  ['calls', line => wholeNumber(line.count)],
  ['errors', errors],
];

/** One row for each operation and one for all. */
export function table({ operations, all }: Report): string[] {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...[...operations, all].map(line => COLUMNS.map(([, cell]) => cell(line))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) => {
    const isText = column === 0 || column === COLUMNS.length - 1;
    return isText ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  };
  return rows.map(row => row.map(pad).join('  ').trimEnd());
}

/** The same for all operations, in one line. */
export function summary({ seconds, all }: Report): string {
  const numbers = [
    `${wholeNumber(all.perSecond)} ops/s`,
    `P50 ${milliseconds(all.p50)} ms`,
    `P99 ${milliseconds(all.p99)} ms`,
  ];
  return `${seconds.toFixed(0)} s: ${numbers.join(', ')}; errors: ${errors(all) || 'none'}`;
}

function errors(line: Line): string {
  return Object.entries(line.errors)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, count]) => `${type} ${wholeNumber(count)}`)
    .join(', ');
}

export function wholeNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

function milliseconds(seconds: number | undefined): string {
  return seconds === undefined ? '-' : (seconds * 1000).toFixed(2);
}
