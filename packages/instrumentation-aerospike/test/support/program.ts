import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const PROGRAMS = resolve(__dirname, '../../../test/programs');

export interface ProgramResult {
  /** The exit code, or the signal that ended the program. */
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Path of one of the programs in `test/programs`. */
export function programPath(name: string): string {
  return resolve(PROGRAMS, name);
}

/** A program that runs in a process of its own. */
export class Program {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<unknown>;
  #isClosed = false;

  /** @param env beside the variables of this process, of which those of OpenTelemetry are left out */
  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('OTEL_'));
    this.#child = spawn(process.execPath, args, {
      env: { ...Object.fromEntries(inherited), ...env },
    });
    this.#closed = once(this.#child, 'close').finally(() => (this.#isClosed = true));
    const { stdout, stderr } = this.#child;
    stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  /** Waits until the program has printed something, on standard output or standard error; gives what matched. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
      if (match !== null) return match;
      if (this.#isClosed) {
        throw new Error(`ended without printing ${pattern}: ${this.stdout}${this.stderr}`);
      }
      await this.#nextOutput();
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  input(text: string): void {
    this.#child.stdin.write(text);
  }

  /** Closes the standard input, which the programs here that wait take for the wish that they end. */
  endInput(): void {
    this.#child.stdin.end();
  }

  async result(): Promise<ProgramResult> {
    await this.#closed;
    const { stdout, stderr } = this;
    return { code: this.#child.exitCode ?? this.#child.signalCode, stdout, stderr };
  }

  /** Waits until the program has printed anything, or has ended. */
  async #nextOutput(): Promise<void> {
    const { stdout, stderr } = this.#child;
    const done = new AbortController();
    const options = { signal: done.signal };
    await Promise.race([
      this.#closed,
      once(stdout, 'data', options),
      once(stderr, 'data', options),
    ]).finally(() => {
      done.abort();
    });
  }
}

/** Runs Node.js with these arguments until it ends. */
export function runNode(...args: string[]): Promise<ProgramResult> {
  const program = new Program(args);
  program.endInput();
  return program.result();
}
