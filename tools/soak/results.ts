import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versions } from '../versions';
import type { FaultPeriod } from './faults';
import { plot } from './plot';
import type { Sample } from './sampler';
import type { Verdict } from './verdict';

/** All that is known of a run. */
export interface Results {
  /** Undefined where the server cannot be made to fail. */
  readonly faults: readonly FaultPeriod[];
  readonly samples: readonly Sample[];
  readonly verdict: Verdict;
}

/** Writes the samples as a table for programs, and all that is known as JSON. */
export function writeRecord(folder: string, results: Results): void {
  write(folder, {
    'soak.csv': csv(results.samples),
    'soak.json': `${JSON.stringify({ versions: versions(), ...results }, null, 1)}\n`,
  });
}

/** Writes the results for readers: a page with a plot. */
export function writePage(folder: string, results: Results): void {
  write(folder, {
    'soak.svg': plot(results.samples, results.faults),
    'README.md': page(results),
  });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** One line for whoever watches. */
export function lineOf(sample: Sample): string {
  return [
    `${sample.seconds.toFixed(0)} s`,
    `${whole(sample.operations)} operations`,
    `${whole(sample.errors)} errors`,
    `heap ${mebibytes(sample.heapBytes)} MiB`,
    `event loop delay P99 ${sample.loopDelayP99Ms.toFixed(1)} ms, max ${sample.loopDelayMaxMs.toFixed(1)} ms`,
    `${sample.series} series`,
  ].join('; ');
}

/** What came of it, in sentences. */
export function sentencesOf({ samples, verdict }: Results): string[] {
  const { lost, heapBytesPerOperation, isHeapFlat } = verdict;
  const operations = whole(samples.at(-1)?.operations ?? 0);
  const growth = heapBytesPerOperation?.toFixed(2);
  return [
    lost.length === 0
      ? `Every call was measured: ${operations} calls, ${operations} measurements, the same by operation, set and status code.`
      : `Not every call was measured: ${lost.join('; ')}.`,
    isHeapFlat === undefined
      ? 'The run was too short to tell whether the heap stays flat.'
      : `The heap ${isHeapFlat ? 'stayed flat' : 'grew'}: ${growth ?? ''} bytes per operation.`,
  ];
}

function page(results: Results): string {
  const { samples, faults } = results;
  const shown = samples.filter((_, index) => index % Math.ceil(samples.length / 12) === 0);
  const names = new Map<string, number>();
  for (const { name } of faults) names.set(name, (names.get(name) ?? 0) + 1);
  return [
    '# Soak test',
    '',
    `Written by \`npm run soak\`. With ${versions()}.`,
    '',
    ...sentencesOf(results),
    '',
    `Faults: ${Array.from(names, ([name, times]) => `${name} (${times})`).join(', ') || 'none'}.`,
    '',
    '![The process over time](soak.svg)',
    '',
    '| Seconds | Operations | Errors | Heap, MiB | Event loop delay P99, ms | max, ms | Series |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...shown.map(row),
    '',
  ].join('\n');
}

function row(sample: Sample): string {
  const cells = [
    sample.seconds.toFixed(0),
    whole(sample.operations),
    whole(sample.errors),
    mebibytes(sample.heapBytes),
    sample.loopDelayP99Ms.toFixed(1),
    sample.loopDelayMaxMs.toFixed(1),
    String(sample.series),
  ];
  return `| ${cells.join(' | ')} |`;
}

function csv(samples: readonly Sample[]): string {
  const [first] = samples;
  const lines = samples.map(sample => Object.values(sample).join(','));
  return `${[Object.keys(first ?? {}).join(','), ...lines].join('\n')}\n`;
}

function whole(value: number): string {
  return value.toLocaleString('en');
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
