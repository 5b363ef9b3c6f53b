import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface ProgramOptions {
  /** Node.js, if left out. */
  readonly command?: string;
  readonly cwd?: string;
  /** To be set beside the variables of this process, of which those of OpenTelemetry and of an outer npm are left out. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A program, running in a process of its own. */
export class Program {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly closed: Promise<unknown>;
  private isClosed = false;

  constructor(
    args: readonly string[],
    { command = process.execPath, cwd, env }: ProgramOptions = {},
  ) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(OTEL_|npm_)/i.test(name));
    this.child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, for kill().
      detached: true,
      cwd,
      env: { ...Object.fromEntries(inherited), ...env },
    });
    this.closed = once(this.child, 'close').finally(() => (this.isClosed = true));
    const { stdout, stderr } = this.child;
    stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  /** Until the program has ended and all that it printed has been read. */
  get isRunning(): boolean {
    return !this.isClosed;
  }

  /** Waits until the program has printed something, on standard output or standard error; gives what matched. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
      if (match !== null) return match;
      this.assertRunning(`printing ${String(pattern)}`);
      await this.nextOutput();
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits for the end; the exit code, or the signal that killed the program. */
  async exit(): Promise<number | NodeJS.Signals | null> {
    await this.closed;
    return this.child.exitCode ?? this.child.signalCode;
  }

  /** Ends what still runs of the program, the processes that it has started included. */
  async kill(): Promise<void> {
    try {
      if (this.child.pid !== undefined && !this.isClosed) process.kill(-this.child.pid, 'SIGKILL');
    } catch (error) {
      // It has ended just now.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await this.closed;
  }

  protected assertRunning(purpose: string): void {
    if (this.isRunning) return;
    const { exitCode, signalCode } = this.child;
    throw new Error(`it ended (${exitCode ?? signalCode}) before ${purpose}: ${this.stderr}`);
  }

  /** Waits until the program has printed anything, or has ended. */
  private async nextOutput(): Promise<void> {
    const { stdout, stderr } = this.child;
    const done = new AbortController();
    const options = { signal: done.signal };
    await Promise.race([
      this.closed,
      once(stdout, 'data', options),
      once(stderr, 'data', options),
    ]).finally(() => {
      done.abort();
    });
  }
}
