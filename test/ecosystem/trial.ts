import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from '@test/support';
import { run, start, tail, within } from './commands';
import type { ExportCounter } from './export-counter';
import type { SetUp } from './set-up';

/** Where and with what a set-up is run. */
export interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly commands: readonly string[];
  readonly receiver: ExportCounter;
}

const DURATION = 'db_client_operation_duration_seconds';
const OTLP_DURATION = 'db.client.operation.duration';
const OURS = 'opentelemetry-instrumentation-aerospike: ';
/** What this package says when all is well. */
const WELL = /^(?:metrics (?:of all workers )?at |measuring (?:\S+ )?into )/;
/** Safety nets. */
const READY_MS = 90_000;
const EXPORTED_MS = 20_000;
const SAID_MS = 15_000;
const POLL_MS = 100;

/**
 * Runs a set-up.
 *
 * @throws Error which says what is not as expected, with what the program has printed
 */
export async function attempt(setUp: SetUp, place: Place): Promise<void> {
  const { commands, cwd, env } = place;
  const [last, ...before] = [...commands].reverse();
  if (last === undefined) throw new Error('the page has no command');
  for (const command of before.reverse()) await run(command, { cwd, env });

  const program = start(last, { cwd, env });
  try {
    await verify(setUp, place, program);
  } catch (error) {
    const [summary = ''] = messageOf(error).split('\n');
    const printed = `-- stdout\n${tail(program.stdout)}\n-- stderr\n${tail(program.stderr)}`;
    throw new Error(`${summary}\n${printed}`, { cause: error });
  } finally {
    for (const command of setUp.finally ?? []) await run(command, { cwd, env });
    await program.kill();
  }
}

async function verify(setUp: SetUp, place: Place, program: Program): Promise<void> {
  const { expected, then = [] } = setUp;
  const { cwd, env } = place;
  await atWork(setUp, place, program);
  for (const command of then) await run(command, { cwd, env });
  if (expected.measured !== undefined) {
    const measured = () => measuredBy(setUp, place, program);
    equal('operations measured', await settled(measured, expected.measured), expected.measured);
  }
  if (expected.spans !== undefined) {
    const spans = () => Promise.resolve(place.receiver.spans);
    equal('spans', await settled(spans, expected.spans), expected.spans);
  }
  for (const pattern of expected.says ?? []) {
    await within(SAID_MS, `saying ${String(pattern)}`, program.printed(said(pattern)));
  }
  const unexpected = linesOf(program.stderr).filter(
    line => !WELL.test(line) && !(expected.says ?? []).some(pattern => pattern.test(line)),
  );
  if (unexpected.length > 0) throw new Error(`it says what is not expected: ${unexpected[0]}`);
}

/** Waits until the operations are done. */
async function atWork(setUp: SetUp, { env }: Place, program: Program): Promise<void> {
  const { source = 'scrape', requests, leaves = false, processes = 1 } = setUp;
  if (source === 'printed' || leaves) {
    const code = await within(READY_MS, 'ending', program.exit());
    if (code !== 0) throw new Error(`it ended with ${code}`);
  } else if (requests === undefined) {
    const ready = new RegExp(`(?:^ready$[^]*){${processes}}`, 'm');
    await within(READY_MS, 'being ready', program.printed(ready));
  } else {
    const url = `http://localhost:${env.PORT}`;
    await within(READY_MS, 'listening', listening(url, program));
    for (const path of requests) {
      const response = await fetch(url + path);
      if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
      await response.text();
    }
  }
}

/** Waits until something answers. A path is asked for that does nothing. */
async function listening(url: string, program: Program): Promise<void> {
  for (;;) {
    try {
      await fetch(`${url}/nothing-is-here`);
      return;
    } catch (error) {
      if (!program.isRunning) throw new Error('it ended before it listened', { cause: error });
      await delay(POLL_MS);
    }
  }
}

async function measuredBy(setUp: SetUp, place: Place, program: Program): Promise<number> {
  const {
    source = 'scrape',
    ports = 1,
    metric = source === 'otlp' ? OTLP_DURATION : DURATION,
  } = setUp;
  const { env, receiver } = place;
  switch (source) {
    case 'otlp':
      return receiver.operations.get(metric) ?? 0;
    case 'printed':
      return Array.from(program.stdout.matchAll(/^(?:# )?measured: (\d+)$/gm)).reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
    case 'application':
      return scraped(`http://localhost:${env.PORT}/metrics`, metric);
    case 'scrape': {
      const first = Number(env.OTEL_EXPORTER_PROMETHEUS_PORT);
      const all = Array.from(
        { length: ports },
        (_, index) => `http://localhost:${first + index}/metrics`,
      );
      const counts = await Promise.all(all.map(url => scraped(url, metric)));
      return counts.reduce((sum, count) => sum + count);
    }
  }
}

async function scraped(url: string, metric: string): Promise<number> {
  // Where nothing listens, nothing is measured.
  const text = await fetch(url).then(
    response => response.text(),
    () => '',
  );
  return text
    .split('\n')
    .filter(
      line => line.startsWith(`${metric}_count{`) && line.includes('db_system_name="aerospike"'),
    )
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/**
 * Reads until a count is what is expected: a port can be opened, and spans be exported, later than an application is
 * ready. Then it is read once more, since something could be counted twice.
 */
async function settled(read: () => Promise<number>, expected: number): Promise<number> {
  const deadline = Date.now() + EXPORTED_MS;
  while ((await read()) < expected && Date.now() < deadline) await delay(POLL_MS);
  await delay(2 * EXPORT_INTERVAL_MS);
  return read();
}

/** How often what is exported in intervals is exported here. */
export const EXPORT_INTERVAL_MS = 500;

function said(pattern: RegExp): RegExp {
  return new RegExp(`^${OURS}${pattern.source}`, 'm');
}

function linesOf(stderr: string): string[] {
  return stderr
    .split('\n')
    .filter(line => line.startsWith(OURS))
    .map(line => line.slice(OURS.length));
}

function equal(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${what}: ${actual}, not ${expected}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
