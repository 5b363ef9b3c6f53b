import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/*
 * The one place where this package finds out that it cannot work here: each entry loads what is behind it through a
 * door. Whatever goes wrong then, the entry itself loads, with all its names, and the application goes on. What needs
 * the missing part says so when it is used. So nothing that this file loads may itself be missing.
 */

/** What is behind an entry, or the reason why it is not there. */
export class Door<Module extends object> {
  private readonly behind: { readonly module: Module } | { readonly error: Error };

  /**
   * @param entry as an application names it
   * @param packages that are needed, and may not be installed
   * @param load loads what is behind the entry
   */
  constructor(entry: string, packages: readonly string[], load: () => Module) {
    try {
      this.behind = { module: load() };
    } catch (error) {
      this.behind = { error: explained(entry, packages, error) };
    }
  }

  /** A class; where it is not there, its constructor throws the reason. */
  class<Name extends keyof Module>(name: Name): Module[Name] {
    if ('module' in this.behind) return this.behind.module[name];
    const { error } = this.behind;
    const missing = function () {
      throw error;
    };
    return missing as Module[Name];
  }

  /** A function; where it is not there, it throws the reason, or rejects with it. */
  function<Name extends keyof Module>(name: Name, result: 'value' | 'promise'): Module[Name] {
    if ('module' in this.behind) return this.behind.module[name];
    const { error } = this.behind;
    const missing = () => {
      if (result === 'promise') return Promise.reject(error);
      throw error;
    };
    return missing as Module[Name];
  }
}

/** Says which packages are missing, or too old for each other, where that is the reason. */
export function explained(entry: string, packages: readonly string[], error: unknown): Error {
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'MODULE_NOT_FOUND') {
    const missing = packages.filter(name => locate(name) === undefined);
    if (missing.length > 0) return missingError(entry, missing);
  }
  for (const name of packages) {
    const sentence = outdatedApi(entry, name);
    if (sentence !== undefined) return new Error(sentence, { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

const API = '@opentelemetry/api';

/**
 * Says that a package asks for a newer API than it finds, which a package manager may have been told to pass over. It is
 * asked when something has failed: what works all the same is left alone.
 */
function outdatedApi(entry: string, name: string): string | undefined {
  const file = locate(name);
  const asking = manifestOf(name, file);
  const range = asking?.peerDependencies?.[API];
  const found =
    file === undefined ? undefined : manifestOf(API, locate(API, dirname(file)))?.version;
  const [least] = /\d+\.\d+\.\d+/.exec(range ?? '') ?? [];
  if (least === undefined || found === undefined || !isOlder(found, least)) return undefined;
  return (
    `${entry} finds ${API} ${found}, and ${name} ${asking?.version} needs ${range}: ` +
    `${installCommand()} ${API}@${least}`
  );
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The manifest of a package, of which a file is known: it stands above that. */
function manifestOf(name: string, file: string | undefined): Manifest | undefined {
  for (let folder = file ?? '', above; (above = dirname(folder)) !== folder; folder = above) {
    try {
      const manifest = JSON.parse(readFileSync(join(above, 'package.json'), 'utf8')) as Manifest;
      if (manifest.name === name) return manifest;
    } catch {
      // It is further up.
    }
  }
  return undefined;
}

/** Whether the first of two versions is the older one. */
function isOlder(version: string, than: string): boolean {
  const [numbers, others] = [version, than].map(each =>
    each.split('.').map(part => parseInt(part)),
  );
  const at = numbers?.findIndex((number, index) => number !== others?.[index]) ?? -1;
  return at !== -1 && (numbers?.[at] ?? 0) < (others?.[at] ?? 0);
}

/**
 * Explains what is missing, before a part of this package loads what only it needs.
 *
 * @param soon those that are needed later: where one of the names is missing they are named too, so that nobody has to
 *   install twice
 * @throws Error that names the missing packages and the command that installs them
 */
export function requirePackages(
  neededFor: string,
  names: readonly string[],
  soon: readonly string[] = [],
): void {
  const isMissing = (name: string) => locate(name) === undefined;
  if (names.some(isMissing)) throw missingError(neededFor, [...names, ...soon].filter(isMissing));
}

function missingError(neededFor: string, missing: readonly string[]): Error {
  return new Error(
    `${neededFor} needs ${missing.join(' and ')}: ${installCommand()} ${missing.join(' ')} ` +
      '(if that is installed, a bundler hides it: keep it and this package external)',
  );
}

/** The file of an installed package. It may stand beside this one, or only be seen by the application. */
export function locate(name: string, from = __dirname): string | undefined {
  try {
    return require.resolve(name, { paths: [from, ...currentFolder()] });
  } catch {
    return undefined;
  }
}

/** None where the folder is gone in which the process was started. */
function currentFolder(): string[] {
  try {
    return [process.cwd()];
  } catch {
    return [];
  }
}

const LOCKFILES: readonly (readonly [file: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm add'],
  ['yarn.lock', 'yarn add'],
  ['package-lock.json', 'npm install'],
];

/** The command with which packages are added, of the package manager that the application is installed with. */
function installCommand(): string {
  for (const folder of currentFolder()) {
    for (const [file, command] of LOCKFILES) if (existsSync(join(folder, file))) return command;
  }
  const agent = process.env.npm_config_user_agent ?? '';
  if (agent.startsWith('pnpm')) return 'pnpm add';
  return agent.startsWith('yarn') ? 'yarn add' : 'npm install';
}
