import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface ProgramOptions {
  /** Node.js, if left out. */
  readonly command?: string;
  readonly cwd?: string;
  /** Variables in addition to those of this process. Those of OpenTelemetry and of an outer npm are not passed on. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it gets a standard input, which stays open until it is ended. Default: false. */
  readonly hasInput?: boolean;
}

export interface ProgramResult {
  /** The exit code, or the signal that ended the program. */
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<Program>();

/** A program, running in a process of its own. */
export class Program {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };
  private readonly closed: Promise<unknown>;

  constructor(
    args: readonly string[],
    { command = process.execPath, cwd, env, hasInput = false }: ProgramOptions = {},
  ) {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(OTEL_|npm_|INIT_CWD$)/i.test(name),
    );
    this.child = spawn(command, args, {
      stdio: [hasInput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      // A process group of its own, for kill().
      detached: true,
      cwd,
      env: { ...Object.fromEntries(inherited), ...env },
    }) as typeof this.child;
    running.add(this);
    this.closed = once(this.child, 'close').finally(() => running.delete(this));
    const { stdout, stderr } = this.child;
    stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  /** Ends all that a test has left running, which would keep the tests from ending. */
  static async killAll(): Promise<void> {
    await Promise.all(Array.from(running, program => program.kill()));
  }

  /** Until the program has ended and all that it printed has been read. */
  get isRunning(): boolean {
    return running.has(this);
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

  input(text: string): void {
    this.child.stdin?.write(text);
  }

  endInput(): void {
    this.child.stdin?.end();
  }

  /** Waits for the end; the exit code, or the signal that killed the program. */
  async exit(): Promise<ProgramResult['code']> {
    await this.closed;
    return this.child.exitCode ?? this.child.signalCode;
  }

  /** Waits for the end; gives all that is to be seen of the program. */
  async result(): Promise<ProgramResult> {
    const code = await this.exit();
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** Ends what still runs of the program, the processes that it has started included. */
  async kill(): Promise<void> {
    try {
      if (this.child.pid !== undefined && this.isRunning) process.kill(-this.child.pid, 'SIGKILL');
    } catch (error) {
      // It has just ended.
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
