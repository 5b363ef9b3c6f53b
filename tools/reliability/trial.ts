import { join } from 'node:path';
import { Program } from '@test/support';
import type { Report } from './program';
import type { Scenario } from './scenario';

/** After so long a process that does not end by itself is killed. */
const MAX_DURATION_MS = 120_000;

/** A scenario that has run in a process as it is, and in an instrumented one. */
export interface Trial {
  readonly scenario: Scenario;
  readonly bare: Report;
  readonly instrumented: Report;
}

/** Reports of processes that are not instrumented. Scenarios with the same calls and the same set-up share one. */
const bareReports = new Map<Scenario | Scenario['run'], Promise<Report>>();

/** @throws Error when a process fails, or does not end by itself */
export async function tryOut(scenario: Scenario): Promise<Trial> {
  const { run, config, prepare, server } = scenario;
  const hasOwnSetUp = [config, prepare, server].some(part => part !== undefined);
  const shared = hasOwnSetUp ? scenario : run;
  const bare = bareReports.get(shared) ?? runProgram(scenario, 'bare');
  bareReports.set(shared, bare);
  const instrumented = runProgram(scenario, 'instrumented');
  return { scenario, bare: await bare, instrumented: await instrumented };
}

async function runProgram(
  { title, says }: Scenario,
  mode: 'bare' | 'instrumented',
): Promise<Report> {
  const program = new Program([
    // v8.queryObjects() warns that it is experimental.
    '--disable-warning=ExperimentalWarning',
    join(__dirname, 'program.js'),
    title,
    mode,
  ]);
  const deadline = setTimeout(() => void program.kill(), MAX_DURATION_MS);
  const exit = await program.exit();
  clearTimeout(deadline);
  const expected = mode === 'instrumented' ? says : undefined;
  if (exit !== 0 || !isSaid(program.stderr, expected)) {
    throw new Error(`'${title}', ${mode}, ended with ${exit}: ${program.stderr}`);
  }
  return JSON.parse(program.stdout) as Report;
}

/** Whether a process has said one line about something; nothing, where nothing is expected. */
function isSaid(stderr: string, about: string | undefined): boolean {
  if (about === undefined) return stderr === '';
  const [line = '', ...others] = stderr.trimEnd().split('\n');
  return line.includes(about) && others.length === 0;
}

/** An allowance for objects that Node.js itself creates meanwhile. */
const OTHER_OBJECTS = 8;

/**
 * How many objects may be left. Calls must leave none, with one exception: the client itself never frees a client that
 * was closed, nor the native command of a stream that failed or was aborted. What observes these stays with them.
 */
export function maxObjectsLeft({ bare, instrumented }: Trial): number {
  return bare.objectsLeft * 1.3 + instrumented.lastCalls * 0.1 + OTHER_OBJECTS;
}

/** What was measured, as texts like those of the calls: `get ok`, `get 9`. */
export function tallyOfMeasured({ measured }: Report): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operation, statusCode = 'ok', count } of measured) {
    const kind = `${operation} ${statusCode}`;
    counts[kind] = (counts[kind] ?? 0) + count;
  }
  return counts;
}

/** How often each text is there. */
export function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
