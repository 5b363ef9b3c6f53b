/*
 * Lets an instrumented application work for a while, with faults now and then: npm run soak -- --minutes 10
 */
import { trace } from '@opentelemetry/api';
import { startMetricsServer } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { CannotRun } from '@example/aerospike-demo/build/src/options';
import { pause } from '@example/aerospike-demo/build/src/interruption';
import { CountedSpans } from '../counted-spans';
import { CallCounts } from './call-counts';
import { openDatabase, type Database } from './database';
import { runFaults } from './faults';
import { HELP, readOptions, type Options } from './options';
import { lineOf, sentencesOf, writePage, writeRecord, type Results } from './results';
import { Sampler, scrapeCounts, type Sample } from './sampler';
import { runTraffic } from './traffic';
import { judge } from './verdict';

const SAMPLES = 120;
const MIN_INTERVAL_MS = 500;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(HELP);
    return;
  }
  trace.setGlobalTracerProvider(new CountedSpans().provider);
  const metrics = await startMetricsServer({ port: 0, host: '127.0.0.1' });
  const database = await openDatabase(options.hosts);
  const results = await soak(options, database, metrics.url);
  writeRecord(options.folder, results);
  writePage(options.pageFolder, results);
  for (const sentence of sentencesOf(results)) console.log(sentence);
  console.log(`Results: ${options.folder}`);
  const { lost, isHeapFlat } = results.verdict;
  if (lost.length > 0 || isHeapFlat === false) process.exitCode = 1;
  await metrics.close();
}

async function soak(options: Options, database: Database, url: string): Promise<Results> {
  const { client, server } = database;
  const startTime = performance.now();
  const now = () => (performance.now() - startTime) / 1000;
  const calls = new CallCounts();
  const stop = new AbortController();
  const traffic = runTraffic(client, calls, stop.signal);
  const faults = server && runFaults(server, options.durationMs, now, stop.signal);
  const sampler = new Sampler(url, calls, now);

  const samples: Sample[] = [];
  const take = async () => {
    const sample = await sampler.sample();
    samples.push(sample);
    console.log(lineOf(sample));
  };
  const intervalMs = Math.max(options.durationMs / SAMPLES, MIN_INTERVAL_MS);
  while (now() * 1000 < options.durationMs) {
    await take();
    await pause(Math.min(intervalMs, options.durationMs - now() * 1000), stop.signal);
  }
  stop.abort();
  await traffic;
  await take();
  sampler.stop();

  const periods = (await faults) ?? [];
  const verdict = judge(calls.byKind, await scrapeCounts(url), samples);
  await database.close();
  return { faults: periods, samples, verdict };
}

main().catch((error: unknown) => {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
