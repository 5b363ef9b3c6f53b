import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkInstalled, Program } from '@test/support';
import { INTEROP } from '../toolchains/cache';
import type { Container } from './manifests';

/** Where containers have their application, as their images' WORKDIR. */
const APPLICATION = 'application';

/** The containers of a pod, as processes: a folder stands for the root of their file systems. */
export class Pod {
  /** What the containers see as `/`. */
  readonly root = mkdtempSync(join(tmpdir(), 'pod-'));
  private readonly programs: Program[] = [];

  constructor() {
    const folder = join(this.root, APPLICATION);
    mkdirSync(folder);
    linkInstalled(['aerospike'], folder);
    cpSync(join(INTEROP, 'programs/application.cjs'), join(folder, 'app.js'));
  }

  /** Makes packages visible to the application that are among its dependencies. */
  addDependencies(names: readonly string[]): void {
    linkInstalled(names, join(this.root, APPLICATION));
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /**
   * Runs the command of a container, with its environment but for what is given here. Paths of its volumes lead into
   * the folder.
   */
  run({ command, env = [] }: Container, volumes: readonly string[], given = {}): Program {
    const inside = (text: string) =>
      volumes.reduce((all, volume) => all.replaceAll(volume, join(this.root, volume)), text);
    const variables = env.map(({ name, value }) => [name, inside(value)] as const);
    const [executable = '', ...args] = command.map(inside);
    const program = new Program(args, {
      command: executable === 'node' ? process.execPath : executable,
      cwd: join(this.root, APPLICATION),
      env: { ...Object.fromEntries(variables), ...given },
    });
    this.programs.push(program);
    return program;
  }

  async remove(): Promise<void> {
    for (const program of this.programs) await program.kill();
    rmSync(this.root, { recursive: true });
  }
}
