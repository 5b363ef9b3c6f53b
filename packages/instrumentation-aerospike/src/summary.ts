import { reportFault } from './diagnostics';
import { wantsDiagnostics } from './notices';
import { PACKAGE_NAME, PACKAGE_VERSION } from './version';

/** What the summary tells of, in this order. */
const TOPICS = ['client', 'operations', 'MeterProvider', 'TracerProvider', 'metrics'] as const;
type Topic = (typeof TOPICS)[number];

/** What one part of this package knows: lines by topic. */
export type Findings = Partial<Readonly<Record<Topic, readonly string[]>>>;
export type Source = () => Findings;

/** What is told of a topic that nobody knows anything of. */
const NOTHING: Readonly<Record<Topic, string>> = {
  client: 'none has been loaded',
  operations: 'none has been made',
  MeterProvider: 'not looked for',
  TracerProvider: 'not looked for',
  metrics: 'nowhere',
};

const sources = new Set<Source>();
/** What is still being found out, such as whether a port can be listened on. */
const pending = new Set<Promise<unknown>>();
let isWatchingEnd = false;
let hasOperations = false;
let isSaid = false;

/**
 * Adds somebody who knows a part of what this package has found. With `OTEL_LOG_LEVEL=debug` all of that is said in one
 * block on standard error: after the first operation, or when the process ends without one. The variable is read then,
 * since an application may set it first.
 */
export function addToSummary(source: Source): void {
  sources.add(source);
  if (isWatchingEnd) return;
  isWatchingEnd = true;
  process.once('exit', saySummary);
}

export function removeFromSummary(source: Source): void {
  sources.delete(source);
}

/** Has the summary wait for something, which does not keep the process alive. */
export function delaySummary<Result>(until: Promise<Result>): Promise<Result> {
  const done = until.then(
    () => undefined,
    () => undefined,
  );
  pending.add(done);
  void done.then(() => pending.delete(done));
  return until;
}

export function noteOperation(): void {
  hasOperations = true;
}

/** Says the summary as soon as nothing is pending: nothing more is expected. */
export function saySummarySoon(): void {
  if (!isSaid && wantsDiagnostics()) void Promise.all(pending).then(saySummary);
}

function saySummary(): void {
  if (isSaid || sources.size === 0 || !wantsDiagnostics()) return;
  isSaid = true;
  try {
    console.error(summary());
  } catch (error) {
    reportFault('what was found could not be said', error);
  }
}

function summary(): string {
  const found = [...sources].map(source => source());
  if (hasOperations) found.push({ operations: ['made'] });
  const width = Math.max(...TOPICS.map(({ length }) => length)) + 2;
  const lines = TOPICS.flatMap(topic => {
    const told = [...new Set(found.flatMap(findings => findings[topic] ?? []))];
    return (told.length > 0 ? told : [NOTHING[topic]]).map(
      (line, index) => `  ${(index === 0 ? topic : '').padEnd(width)}${line}`,
    );
  });
  const title = `${PACKAGE_NAME}: what version ${PACKAGE_VERSION} has found in process ${process.pid}`;
  return [title, ...lines].join('\n');
}
