import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { onPackageRunnerEnd } from './package-runner';

/** Signals that reach only this process, and are meant for the command. */
const FORWARDED = ['SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command, which shares the standard streams of this process.
 *
 * @returns its exit code; that of a shell when a signal has ended it
 * @throws Error when it cannot be started
 */
export async function runCommand(
  [file = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(file, args, { stdio: 'inherit', env });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  onPackageRunnerEnd(() => child.kill());
  // Ctrl-C in a terminal reaches the command as well, which decides what follows.
  process.on('SIGINT', () => undefined);
  try {
    const [code, signal] = await closed;
    return code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such command' : String(code);
    throw new Error(`Cannot run '${file}': ${reason}.`, { cause: error });
  }
}
