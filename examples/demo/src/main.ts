import { openDatabase } from './database';
import { displayOn, type Display } from './display';
import { letNodeFail } from './fault';
import { interruption, pause } from './interruption';
import { CannotRun, HELP, readOptions, type Options } from './options';
import { Reporter } from './report';
import { startTelemetry, type Telemetry } from './telemetry';
import { CallCounts, fill, runTraffic } from './traffic';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const interrupted = interruption();
  const display = displayOn(process.stdout, options.json);
  const telemetry = await startTelemetry(options.metrics);
  try {
    await runService(options, telemetry, display, interrupted);
    if (options.lingerMs > 0) await pause(options.lingerMs, interrupted);
  } finally {
    await telemetry.shutdown();
  }
}

async function runService(
  options: Options,
  telemetry: Telemetry,
  display: Display,
  interrupted: AbortSignal,
): Promise<void> {
  const { durationMs } = options;
  const database = await openDatabase(options.hosts, options.nodes);
  const calls = new CallCounts();
  await fill(database, calls);
  display.start(telemetry.url);

  const reporter = await Reporter.start(telemetry.producer);
  const stop = new AbortController();
  const work = [runTraffic(database, calls, stop.signal)];
  if (options.letNodeFail) {
    const say = (text: string) => {
      display.say(text);
    };
    work.push(letNodeFail(database.nodes, durationMs, say, stop.signal));
  }
  await showEachSecond(reporter, display, durationMs, interrupted);
  stop.abort();
  await Promise.all(work);

  display.end(await reporter.total(), calls.all());
  await database.close();
}

async function showEachSecond(
  reporter: Reporter,
  display: Display,
  durationMs: number,
  interrupted: AbortSignal,
): Promise<void> {
  const startTime = performance.now();
  for (let second = 1; ; second++) {
    const isLast = second * 1000 >= durationMs;
    const nextTime = startTime + Math.min(second * 1000, durationMs);
    const isOver = !(await pause(nextTime - performance.now(), interrupted)) || isLast;
    if (isOver) return;
    display.update(await reporter.latest());
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
