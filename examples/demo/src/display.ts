import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { CallCount } from './call-counts';
import type { Report } from './report';
import { summary, table, wholeNumber } from './table';

/** Where the demo shows what it does. */
export interface Display {
  start(url: string): void;
  update(report: Report): void;
  end(report: Report, calls: readonly CallCount[]): void;
}

export function displayOn(stdout: WriteStream, json: boolean): Display {
  if (json) return new JsonDisplay(stdout);
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
class JsonDisplay implements Display {
  constructor(private readonly stdout: WriteStream) {}

  start(): void {
    // Nothing final yet.
  }

  update(): void {
    // Nothing final yet.
  }

  end(report: Report, calls: readonly CallCount[]): void {
    this.stdout.write(`${JSON.stringify({ ...report, calls })}\n`);
  }
}
