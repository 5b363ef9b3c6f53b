import { join } from 'node:path';
import { Program } from '@test/support';
import { INTEROP } from './toolchains/cache';
import { PYTHON_PROGRAMS } from './toolchains/python';

/** A program that does the calls it is asked for: calls.cjs or calls.py. */
export class CallingProgram {
  private requests = 0;

  private constructor(private readonly program: Program) {}

  /**
   * In Node.js, measured by `--require …/register`.
   *
   * @param database its port
   * @param env the variables that say where the metrics go
   */
  static async inNode(
    database: number,
    name: string,
    env: NodeJS.ProcessEnv,
  ): Promise<CallingProgram> {
    const script = join(INTEROP, 'programs/calls.cjs');
    const register = ['--require', 'opentelemetry-instrumentation-aerospike/register'];
    return CallingProgram.ready(
      new Program([...register, script, String(database), name], {
        cwd: INTEROP,
        hasInput: true,
        env,
      }),
    );
  }

  /**
   * With aerospike-py, which serves the metrics itself.
   *
   * @param database its port
   * @param port that of the metrics
   * @param python the interpreter
   */
  static async inPython(
    database: number,
    name: string,
    port: number,
    python: string,
  ): Promise<CallingProgram> {
    const script = join(PYTHON_PROGRAMS, 'calls.py');
    return CallingProgram.ready(
      new Program([script, String(database), name, String(port)], {
        command: python,
        hasInput: true,
        // No folder of Python's own beside the sources.
        env: { PYTHONDONTWRITEBYTECODE: '1' },
      }),
    );
  }

  private static async ready(program: Program): Promise<CallingProgram> {
    await program.printed(/ready\n/);
    return new CallingProgram(program);
  }

  /** Does a call that it knows by this name so many times. */
  async call(name: string, times: number): Promise<void> {
    const request = ++this.requests;
    this.program.input(`${request} ${times} ${name}\n`);
    await this.program.printed(new RegExp(`^done ${request}\n`, 'm'));
  }

  stop(): Promise<void> {
    return this.program.kill();
  }
}
