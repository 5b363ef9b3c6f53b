import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Line, Report } from './report';
import type { CallCount } from './traffic';

/** Where the demo shows what it does. */
export interface Display {
  start(url: string): void;
  update(report: Report): void;
  /** Something that happens. */
  say(text: string): void;
  end(report: Report, calls: readonly CallCount[]): void;
}

export function displayOn(stdout: WriteStream, json: boolean): Display {
  if (json) return finalNumbersOn(stdout);
  // Without escape codes nothing can be redrawn.
  const canRedraw = stdout.isTTY && process.env.TERM !== 'dumb';
  return canRedraw ? new LiveDisplay(stdout) : new LineDisplay(stdout);
}

/** Text that stays: a line for each report, and a table at the end. */
class LineDisplay implements Display {
  constructor(protected readonly stdout: WriteStream) {}

  start(url: string): void {
    this.stdout.write(`Metrics: ${url}\n`);
  }

  update(report: Report): void {
    this.stdout.write(`${summary(report)}\n`);
  }

  say(text: string): void {
    this.stdout.write(`${text}\n`);
  }

  end(report: Report, calls: readonly CallCount[]): void {
    const counted = calls.reduce((total, { count }) => total + count, 0);
    const lines = [
      '',
      `The whole ${report.seconds.toFixed(1)} s:`,
      ...table(report),
      '',
      `${wholeNumber(report.all.count)} operations measured, ${wholeNumber(counted)} calls counted by the demo itself`,
    ];
    this.stdout.write(`${lines.join('\n')}\n`);
  }
}

/** A table that is drawn over the one before. */
class LiveDisplay extends LineDisplay {
  private height = 0;

  override update(report: Report): void {
    this.erase();
    const lines = ['', ...table(report), '', 'Ctrl-C ends the demo.'];
    // A line that wraps would take more rows than are erased. A terminal that does not know its width has 0 columns.
    const { columns } = this.stdout;
    const cut = lines.map(line => (columns > 0 ? line.slice(0, columns - 1) : line));
    this.stdout.write(`${cut.join('\n')}\n`);
    this.height = lines.length;
  }

  /** It stays, above the next table. */
  override say(text: string): void {
    this.erase();
    super.say(text);
  }

  override end(report: Report, calls: readonly CallCount[]): void {
    this.erase();
    super.end(report, calls);
  }

  private erase(): void {
    cursorTo(this.stdout, 0);
    moveCursor(this.stdout, 0, -this.height);
    clearScreenDown(this.stdout);
    this.height = 0;
  }
}

/** The final numbers only, for programs. */
function finalNumbersOn(stdout: WriteStream): Display {
  return {
    start: () => undefined,
    update: () => undefined,
    say: () => undefined,
    end: (report, calls) => stdout.write(`${JSON.stringify({ ...report, calls })}\n`),
  };
}

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
function table({ operations, all }: Report): string[] {
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
function summary({ seconds, all }: Report): string {
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

function wholeNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

function milliseconds(seconds: number | undefined): string {
  return seconds === undefined ? '-' : (seconds * 1000).toFixed(2);
}
