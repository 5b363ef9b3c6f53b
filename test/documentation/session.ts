import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort, Program, ROOT } from '@test/support';
import { isShown } from './expected-output';

/** The ports that the documentation names. Each stands for a free one while a document's commands are run. */
const NAMED_PORTS = [3000, 8080, 9464] as const;

const SOURCES = join(ROOT, 'test/documentation');

/** No command that a document shows takes longer, however busy the machine is. */
const MAX_MS = 90_000;

/** What a document shows below a command. */
export interface Shown {
  readonly text: string;
  readonly numbersVary: boolean;
}

/** Commands, and what a document shows of their output. */
export interface Step {
  /** Empty when all of them are only checked, not run. */
  readonly commands: readonly string[];
  /** Whether they run at the root of the repository. Otherwise they run in the folder of an application. */
  readonly isAtRoot: boolean;
  /** Whether they are a script of the repository, which is ended when the next one starts. */
  readonly isScript: boolean;
  readonly shown: readonly Shown[];
  /** Whether they are run again until they print what is shown. */
  readonly isRepeated: boolean;
}

interface Started extends Pick<Step, 'isAtRoot' | 'isScript'> {
  readonly program: Program;
  readonly script: string;
}

/** A terminal, or several, in which the commands of a document are run one after the other. */
export class Session {
  private readonly folder = mkdtempSync(join(tmpdir(), 'documentation-'));
  private readonly started: Started[] = [];
  private readonly env: NodeJS.ProcessEnv;

  private constructor(
    private readonly ports: ReadonlyMap<number, number>,
    hosts: string,
    receiverPort: number,
  ) {
    cpSync(join(SOURCES, 'application'), this.folder, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    this.env = {
      AEROSPIKE_HOSTS: hosts,
      DOCUMENTED_PORTS: JSON.stringify(Object.fromEntries(ports)),
      NO_COLOR: '1',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(ports.get(9464)),
      // The tracing example's.
      RECEIVER_PORT: String(receiverPort),
      NODE_OPTIONS: `--require ${join(SOURCES, 'free-ports.cjs')}`,
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    };
  }

  /** @param hosts the Aerospike server for programs that are not given another one */
  static async open(hosts: string): Promise<Session> {
    const ports = new Map<number, number>();
    for (const port of NAMED_PORTS) ports.set(port, await freePort());
    return new Session(ports, hosts, await freePort());
  }

  /**
   * Runs commands until they have printed what is shown. If nothing is shown, until they end or serve something. A
   * program that still runs after that is left running, and is not started a second time.
   */
  async run({ commands, isAtRoot, isScript, isRepeated, shown }: Step): Promise<void> {
    if (commands.length === 0) return;
    const script = this.withFreePorts(commands.join('\n'));
    const deadline = performance.now() + MAX_MS;
    let printed: string;
    do {
      const running = this.stillRunning(script);
      if (running === undefined && isScript) await this.end(each => each.isScript);
      const closed = await this.closedPorts();
      const program = running ?? this.start({ script, isAtRoot, isScript });
      if (await this.isAsShown(program, shown, closed.length, deadline)) return;
      printed = program.stdout;
    } while (isRepeated && performance.now() < deadline);
    throw new Error(this.complaint(script, shown, printed));
  }

  /** Runs a program to its end, which must be a good one. */
  async complete(path: string): Promise<void> {
    const script = `node ${path}`;
    // Nobody collects the spans that NodeSDK exports by default.
    const program = this.start(
      { script, isAtRoot: false, isScript: false },
      { OTEL_TRACES_EXPORTER: 'none' },
    );
    const { code, stdout } = await program.result();
    if (code !== 0) throw new Error(`${script} ends with ${code}. It printed\n\n${stdout}`);
  }

  async close(): Promise<void> {
    await this.end(() => true);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private stillRunning(script: string): Program | undefined {
    return this.started.find(each => each.program.isRunning && each.script === script)?.program;
  }

  private start(
    { script, isAtRoot, isScript }: Omit<Started, 'program'>,
    env: NodeJS.ProcessEnv = {},
  ): Program {
    const program = new Program(['-c', `exec 2>&1\n${script}`], {
      command: 'bash',
      cwd: isAtRoot ? ROOT : this.folder,
      env: { ...this.env, ...env },
    });
    this.started.push({ program, script, isAtRoot, isScript });
    return program;
  }

  private async end(isMeant: (started: Started) => boolean): Promise<void> {
    for (const each of this.started.filter(isMeant)) await each.program.kill();
  }

  /** Waits until a program has done what the document shows; false when it no longer can. */
  private async isAsShown(
    program: Program,
    shown: readonly Shown[],
    closedBefore: number,
    deadline: number,
  ): Promise<boolean> {
    for (;;) {
      const { isRunning } = program;
      if (shown.length > 0 && this.isPrinted(shown, program.stdout)) return true;
      if (shown.length === 0 && (await this.closedPorts()).length < closedBefore) return true;
      if (!isRunning) return shown.length === 0 && (await program.exit()) === 0;
      if (performance.now() > deadline) return false;
      await setTimeout(20);
    }
  }

  private isPrinted(shown: readonly Shown[], output: string): boolean {
    return shown.every(({ text, numbersVary }) =>
      isShown(this.withFreePorts(text), output, numbersVary),
    );
  }

  private complaint(script: string, shown: readonly Shown[], output: string): string {
    const expected = shown.map(({ text }) => this.withFreePorts(text)).join('\n');
    const wanted = shown.length > 0 ? `show\n\n${expected}` : 'succeed, or serve something';
    return `${script}\n\ndoes not ${wanted}\n\nIt printed\n\n${output}`;
  }

  /** Those of the free ports on which nothing listens yet. */
  private async closedPorts(): Promise<number[]> {
    const ports = [...this.ports.values()];
    const areOpen = await Promise.all(ports.map(isOpen));
    return ports.filter((_, index) => areOpen[index] === false);
  }

  private withFreePorts(text: string): string {
    return text.replaceAll(/(?<=[:= ])\d{4}\b/g, port =>
      String(this.ports.get(Number(port)) ?? port),
    );
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, 'localhost');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
