import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { displayOn } from '../src/display';
import type { Report } from '../src/report';

const COLUMNS = 60;
const line = {
  operation: 'get',
  perSecond: 1234,
  p50: 0.0005,
  p99: undefined,
  count: 5678,
  errors: { Timeout: 2, FilteredOut: 1, KeyNotFoundError: 3 },
};
const report: Report = { seconds: 1, operations: [line], all: { ...line, operation: 'all' } };

describe("the demo's table in a terminal", () => {
  const { TERM } = process.env;

  before(() => {
    process.env.TERM = 'xterm';
  });

  after(() => {
    process.env.TERM = TERM;
    if (TERM === undefined) delete process.env.TERM;
  });

  it('is drawn over the one before and is never wider than the terminal', () => {
    const terminal = Object.assign(new PassThrough({ encoding: 'utf8' }), {
      isTTY: true,
      columns: COLUMNS,
    });
    const display = displayOn(terminal as unknown as WriteStream, false);
    display.update(report);
    const first = String(terminal.read());
    display.update(report);
    const second = String(terminal.read());

    const table = [
      '',
      'operation  ops/s  P50 ms  P99 ms  calls  errors',
      'get        1,234    0.50       -  5,678  FilteredOut 1, KeyNotFoundError 3, Timeout 2',
      'all        1,234    0.50       -  5,678  FilteredOut 1, KeyNotFoundError 3, Timeout 2',
      '',
      'Ctrl-C ends the demo.',
    ];
    const drawn = table.map(text => `${text.slice(0, COLUMNS - 1)}\n`).join('');
    assert.ok(first.endsWith(drawn), first);
    assert.equal(second, `\x1b[1G\x1b[${table.length}A\x1b[0J${drawn}`);
  });
});
