import { Program } from '@test/support';

const MINUTE_MS = 60_000;

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** A safety net for what hangs. Default: ten minutes, which a slow registry can need. */
  readonly timeoutMs?: number;
}

/** Starts a line of shell. */
export function start(line: string, { cwd, env }: Omit<CommandOptions, 'timeoutMs'>): Program {
  return new Program(['-c', line], { command: 'bash', cwd, env });
}

/**
 * Runs a line of shell to its end.
 *
 * @returns what it has printed on standard output
 * @throws Error when it fails, with what it has printed
 */
export async function run(
  line: string,
  { timeoutMs = 10 * MINUTE_MS, ...options }: CommandOptions,
): Promise<string> {
  const program = start(line, options);
  const { code, stdout, stderr } = await within(timeoutMs, line, program.result()).finally(() =>
    program.kill(),
  );
  if (code !== 0) throw new Error(`${line}: ended with ${code}\n${tail(stdout)}\n${tail(stderr)}`);
  return stdout;
}

/** Waits for something, but not for ever. */
export async function within<Value>(
  timeoutMs: number,
  what: string,
  promise: Promise<Value>,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what}: not within ${timeoutMs / 1000} s`));
    }, timeoutMs);
  });
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
}

/** The last lines of an output, each as far as it tells something. */
export function tail(output: string, lines = 20, length = 240): string {
  return output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map(line => line.slice(0, length))
    .join('\n');
}
