import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './commands';
import type { Recipe } from './page';
import type { NodeVersion, PackageManager, SetUp } from './set-up';

/** What one folder is installed with; several set-ups can be run in it. */
export interface Installation {
  /** Unique among all. */
  readonly key: string;
  readonly node: NodeVersion;
  readonly manager: PackageManager;
  /** What the application needs by itself. */
  readonly needs: readonly string[];
  /** Lines that install. */
  readonly lines: readonly string[];
  /** Files that must be there before, such as `.yarnrc.yml`. */
  readonly files: Recipe['files'];
}

/**
 * What packages would run when they are installed, and need not: they would download or compile what they bring. The
 * others are told by their environment.
 */
const WITHOUT_SCRIPTS = { 'yarn 1': ' --ignore-scripts', npm: '', yarn: '', pnpm: '' };

const NEWEST_CLIENT = ['aerospike'];

/** The installation of each set-up; those of one group have one in common. */
export function installationsOf(
  setUps: readonly SetUp[],
  recipeOf: (setUp: SetUp) => Recipe,
): ReadonlyMap<SetUp, Installation> {
  const groups = new Map<string, SetUp[]>();
  for (const setUp of setUps) {
    const { name, group, manager = 'npm', node = 22 } = setUp;
    const key = `${manager} ${node} ${group === undefined ? name : `group ${group}`}`;
    groups.set(key, [...(groups.get(key) ?? []), setUp]);
  }
  const installations = new Map<SetUp, Installation>();
  for (const [key, members] of groups) {
    const installation = installationOf(key, members, recipeOf);
    for (const member of members) installations.set(member, installation);
  }
  return installations;
}

function installationOf(
  key: string,
  members: readonly SetUp[],
  recipeOf: (setUp: SetUp) => Recipe,
): Installation {
  const [first] = members;
  if (first === undefined) throw new Error(`${key} is empty`);
  const { manager = 'npm', node = 22 } = first;
  const recipes = members.map(recipeOf);
  const lines = members.flatMap((member, index) =>
    (member.installs ?? recipes[index]?.installs ?? []).map(line =>
      withVersions(line, member.versions),
    ),
  );
  const needs = unique(members.flatMap(member => member.needs ?? NEWEST_CLIENT));
  return {
    key,
    manager,
    node,
    needs,
    lines: first.group === undefined ? lines : merged(lines),
    files: first.group === undefined ? { ...recipes[0]?.files, ...first.files } : {},
  };
}

/** One line that installs what several would. */
function merged(lines: readonly string[]): string[] {
  const words = lines.map(line => line.split(' '));
  const [command] = words;
  if (command === undefined) return [];
  const packages = words.flatMap(line => line.slice(2).filter(word => !word.startsWith('-')));
  return [[...command.slice(0, 2), ...unique(packages)].join(' ')];
}

function withVersions(line: string, versions: SetUp['versions'] = {}): string {
  return line
    .split(' ')
    .map(word => (word in versions ? `${word}@${versions[word]}` : word))
    .join(' ');
}

const unique = (words: readonly string[]) => [...new Set(words)];

/** Installs, unless that has been done with the same packages already. */
export async function install(
  installation: Installation,
  folder: string,
  env: NodeJS.ProcessEnv,
  ours: string,
): Promise<void> {
  const { manager, lines, needs, files, node } = installation;
  const marker = join(folder, 'installed.txt');
  const state = createHash('sha256')
    .update(JSON.stringify([manager, node, lines, needs, files, ours]))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === state) return;

  // Not at once: it takes long, and others are at work meanwhile.
  await rm(folder, { recursive: true, force: true });
  const dependencies = Object.fromEntries(needs.map(nameAndVersion));
  writeFiles(folder, {
    'package.json': JSON.stringify({ name: 'application', private: true, dependencies }, null, 2),
    // Without it, Yarn would look for a project in the folders above.
    ...(manager === 'yarn' && { 'yarn.lock': '' }),
    ...files,
  });
  for (const line of lines) await run(line + WITHOUT_SCRIPTS[manager], { cwd: folder, env });
  const client = join(folder, 'node_modules/aerospike');
  if (manager === 'npm' && existsSync(client)) {
    // The part of the client's install script that chooses the binary for this system: older ones have no other way.
    await run('npm run --if-present removeExtraBinaries', { cwd: client, env });
  }
  writeFileSync(marker, state);
}

/** `name@version`, `@scope/name`, `alias@npm:name@version`. */
function nameAndVersion(spec: string): [name: string, version: string] {
  const [, name = spec, version = '*'] = /^(@?[^@]+)(?:@(.+))?$/.exec(spec) ?? [];
  return [name, version];
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
