import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually, freePort, Program, samplesOf, takePort } from '@test/support';
import type { WorkersSetUp } from './scenario';

const REGISTER = require.resolve('opentelemetry-instrumentation-aerospike/register');
const OWN_LINE = /^opentelemetry-instrumentation-aerospike: (.*)$/gm;
const SERVED_AT = /metrics (?:of all workers )?at (\S+)/g;
/** Between two scrapes. */
const SCRAPE_MS = 20;

/** What came of a service with a fault. */
export interface ServiceReport {
  readonly exit: string;
  /** What it printed on standard error itself. */
  readonly stderr: string;
  /** How its workers ended, in the order in which they did, and what else it printed. */
  readonly printed: readonly string[];
  readonly calls: number;
  /** Undefined where no metrics were served. */
  readonly counted: number | undefined;
  /** The lines of the package, with neither pid nor port. */
  readonly said: readonly string[];
}

/** The application with the fault, in processes of its own. While it runs, its metrics are scraped over and over. */
export class Service {
  private calls = 0;
  private commands = 0;
  private counted: number | undefined;
  private readonly watching = new AbortController();
  private readonly watched: Promise<void>;

  private constructor(
    /** Whether it is instrumented. */
    readonly isInstrumented: boolean,
    private readonly program: Program,
    private readonly folder: string,
    private readonly other: Server | undefined,
  ) {
    this.watched = isInstrumented ? this.watch() : Promise.resolve();
    // It is awaited at the end.
    this.watched.catch(() => undefined);
  }

  static async start(
    hosts: string,
    isInstrumented: boolean,
    { loadedBy, hasNoPlace, isPortTaken, secondBoundaries = '' }: WorkersSetUp = {},
  ): Promise<Service> {
    const folder = mkdtempSync(join(tmpdir(), 'workers-'));
    const taken = isPortTaken && isInstrumented ? await takePort('localhost') : undefined;
    const port = taken?.port ?? (await freePort('localhost'));
    const args = isInstrumented ? ['--require', REGISTER] : [];
    const isWhole = loadedBy === undefined;
    const nowhere = join(folder, 'none');
    const program = new Program([...(isWhole ? args : []), join(__dirname, 'application.js')], {
      hasInput: true,
      env: {
        HOSTS: hosts,
        ...(!isWhole && { WORKER_ARGS: args.join(' ') }),
        SECOND_BOUNDARIES: secondBoundaries,
        XDG_RUNTIME_DIR: hasNoPlace ? nowhere : folder,
        ...(hasNoPlace && { TMPDIR: nowhere }),
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      },
    });
    return new Service(isInstrumented, program, folder, taken?.server);
  }

  /** Has each worker, or the eldest alone, make so many calls, and waits until they are done. */
  async call(times: number, by: 'all' | 'eldest' = 'all'): Promise<void> {
    this.calls += by === 'all' ? 2 * times : times;
    await this.tell(`call ${times} ${by}`);
  }

  /** Has a worker end in some way; another one takes its place. */
  async end(way: 'exit' | 'error' | 'signal' | 'leave' | 'kill'): Promise<void> {
    await this.tell(way);
  }

  /** Has workers end right after their first call, one after the other. */
  async liveShortly(times: number): Promise<void> {
    this.calls += times;
    await this.tell(`live-shortly ${times}`);
  }

  /** Kills a worker in the middle of the next report that it makes, after so many calls. */
  async killInReport(calls: number): Promise<void> {
    if (!this.isInstrumented) {
      await this.call(calls, 'eldest');
      await this.end('kill');
      return;
    }
    this.calls += calls;
    await this.tell(`kill-in-report ${calls}`);
  }

  async stop(): Promise<void> {
    await this.tell('stop');
  }

  async continue(): Promise<void> {
    await this.tell('continue');
  }

  /** Waits until the metrics have all calls that were made, apart from some. */
  async isCounted(missing = 0): Promise<void> {
    if (!this.isInstrumented) return;
    const expected = this.calls - missing;
    await eventually(`${expected} calls are counted`, async () => {
      // What the scrapes find wrong is to be seen rather than that nothing came of them.
      if (this.watching.signal.aborted) await this.watched;
      return (this.counted ?? 0) >= expected ? true : undefined;
    });
  }

  async says(pattern: RegExp): Promise<void> {
    if (this.isInstrumented) await this.program.printed(pattern);
  }

  /** Sends something to the socket of the primary, and waits until that closes the connection. */
  async sendToPrimary(text: string): Promise<void> {
    if (!this.isInstrumented) return;
    const [name] = readdirSync(this.folder).filter(file => file.startsWith('otel-aerospike-'));
    const socket = connect(join(this.folder, name ?? 'none', 'socket'));
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(text);
    await once(socket.resume(), 'close');
  }

  /** Lets it end by itself. */
  async finish(): Promise<ServiceReport> {
    this.watching.abort();
    await this.watched;
    if (this.isInstrumented) await this.scrape();
    this.program.endInput();
    const { code, stdout, stderr } = await this.program.result();
    const said = Array.from(stderr.matchAll(OWN_LINE), ([, line = '']) => line);
    return {
      exit: String(code),
      stderr: stderr.replace(OWN_LINE, '').trim(),
      printed: stdout.split('\n').filter(line => line !== '' && line !== 'done'),
      calls: this.calls,
      counted: this.counted,
      said: said.filter(line => line.search(SERVED_AT) !== 0).map(withoutNumbers),
    };
  }

  /** Ends whatever is left of it. */
  async clear(): Promise<void> {
    this.watching.abort();
    await this.program.kill();
    this.other?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async tell(command: string): Promise<void> {
    this.program.input(`${command}\n`);
    this.commands++;
    await this.program.printed(new RegExp(`(^done$[^]*){${this.commands}}`, 'm'));
  }

  private async watch(): Promise<void> {
    const { signal } = this.watching;
    try {
      while (!signal.aborted) {
        await this.scrape();
        await wait(SCRAPE_MS);
      }
    } finally {
      this.watching.abort();
    }
  }

  /** What is served, wherever that is: no count may fall, or be higher than what was called. */
  private async scrape(): Promise<void> {
    const urls = Array.from(this.program.stderr.matchAll(SERVED_AT), ([, url = '']) => url);
    if (urls.length === 0) return;
    const counts = await Promise.all(Array.from(new Set(urls), countedAt));
    const sum = counts.reduce((all, count) => all + count, 0);
    const before = this.counted ?? 0;
    assert.ok(sum >= before, `the count has fallen from ${before} to ${sum}`);
    assert.ok(sum <= this.calls, `${sum} calls were counted, and ${this.calls} made`);
    this.counted = sum;
  }
}

async function countedAt(url: string): Promise<number> {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  const samples = samplesOf('db_client_operation_duration_seconds_count', await response.text());
  return samples.reduce((sum, { value }) => sum + value, 0);
}

function withoutNumbers(line: string): string {
  return line
    .replace(/(worker|port|localhost:?) ?\d+/g, '$1 …')
    .replace(/localhost …/g, 'localhost:…');
}
