import { spawnSync } from 'node:child_process';

export interface ProcessorTimes {
  /** Milliseconds; the median of all runs. */
  readonly without: number;
  readonly with: number;
}

/** Has a process print its processor time in microseconds when it ends. */
const TELL_PROCESSOR_TIME = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  console.log(user + system);
});`;

/**
 * The processor time of a process of Node.js that runs some code, without options and with them. It is not the time on
 * the clock, which depends on what else the machine does. The runs alternate, so that what still depends on the machine
 * is the same for both.
 */
export function startUp(
  code: string,
  options: readonly string[],
  { cwd, runs }: { readonly cwd: string; readonly runs: number },
): ProcessorTimes {
  const times: { without: number[]; with: number[] } = { without: [], with: [] };
  for (let run = 0; run < runs; run++) {
    times.without.push(processorTime(code, [], cwd));
    times.with.push(processorTime(code, options, cwd));
  }
  return { without: median(times.without), with: median(times.with) };
}

function processorTime(code: string, options: readonly string[], cwd: string): number {
  const args = [...options, '--eval', `${TELL_PROCESSOR_TIME}\n${code}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  return Number(stdout) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
