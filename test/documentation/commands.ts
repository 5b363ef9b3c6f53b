import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Document } from './markdown';
import { installedAt, manifestOf, PACKAGES, ROOT } from '@test/support';

/** A command of a `sh` block that the tests do not run, and how it is checked instead. */
interface Unrun {
  readonly pattern: RegExp;
  /** @throws Error when the command cannot work */
  readonly check: (match: readonly string[]) => void;
}

/** The scripts whose output the documentation shows. The others are run by CI, or take minutes. */
const SCRIPTS_TO_RUN = ['demo', 'example', 'scale'];

const UNRUN: readonly Unrun[] = [
  // The tests run in a repository where it has been run.
  { pattern: /^npm ci$/, check: () => undefined },
  {
    pattern: /^npm install (?:--save-dev )?([^-].*)$/,
    check: ([, names = '']) => {
      for (const name of names.split(' ')) if (!(name in PACKAGES)) installedAt(name);
    },
  },
  {
    pattern: /^npm (?:run )?(test)$/,
    check: ([, script = '']) => {
      assertScript(ROOT, script);
    },
  },
  {
    pattern: new RegExp(
      `^npm run (?:--silent )?(?!(?:${SCRIPTS_TO_RUN.join('|')})\\b)([\\w:-]+)(?: -- .*)?$`,
    ),
    check: ([, script = '']) => {
      assertScript(ROOT, script);
    },
  },
  {
    pattern: /^npm run ([\w:-]+) -w (\S+)$/,
    check: ([, script = '', workspace = '']) => {
      assertScript(folderOf(workspace), script);
    },
  },
  {
    // Docker need not be installed. Other tests check the Compose project.
    pattern: /^docker compose --file (\S+) /,
    check: ([, file = '']) => {
      if (!existsSync(join(ROOT, file))) throw new Error(`there is no ${file}`);
    },
  },
  {
    // There need not be a cluster, nor Docker. Tests of their own read the manifests and run what is in the recipes.
    pattern: /^(?:kubectl apply --filename|docker build --tag \S+) (\S+)$/,
    check: ([, path = '']) => {
      if (!existsSync(join(ROOT, path))) throw new Error(`there is no ${path}`);
    },
  },
  {
    // The interop tests run it with every file of that folder.
    pattern: /^promtool test rules (\S+)\/\*\.yml$/,
    check: ([, folder = '']) => {
      if (!existsSync(join(ROOT, folder))) throw new Error(`there is no ${folder}`);
    },
  },
];

/** The npm scripts that a document names in its text, and that exist neither in its folder nor at the root. */
export function unknownScripts({ path, text }: Document): string[] {
  const own = join(ROOT, dirname(path));
  const folders = existsSync(join(own, 'package.json')) ? [ROOT, own] : [ROOT];
  return Array.from(
    text.matchAll(/`(?:\S+=\S+ )*npm run (?:--silent )?([\w:-]+)(?: -w ([\w@/-]+))?[^`]*`/g),
  )
    .filter(([, script = '', workspace]) => {
      const places = workspace === undefined ? folders : [folderOf(workspace)];
      return !places.some(folder => script in scriptsOf(folder));
    })
    .map(([command]) => command);
}

/** The commands of a `sh` block, without its comments. */
export function commandsOf(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map(line => line.replace(/(^| +)# .*$/, ''))
    .filter(line => line.trim() !== '')
    .flatMap(line => line.split(' && '));
}

/** Checks a command that is not run; false for one that is to be run. */
export function isCheckedUnrun(command: string): boolean {
  for (const { pattern, check } of UNRUN) {
    const match = pattern.exec(command);
    if (match === null) continue;
    check(match);
    return true;
  }
  return false;
}

/** What a script of the root runs, without the build, since the tests have built already. */
export function expanded(command: string): string {
  return command.replace(/^npm run (?:--silent )?(\w+)(?: --(?= ))?/, (_, script: string) => {
    assertScript(ROOT, script);
    return (scriptsOf(ROOT)[script] ?? '').replace('npm run --silent build && ', '');
  });
}

function assertScript(folder: string, script: string): void {
  if (!(script in scriptsOf(folder))) throw new Error(`${folder} has no script ${script}`);
}

/** npm takes the name of a workspace, or its folder. */
function folderOf(workspace: string): string {
  const folder = join(ROOT, workspace);
  return existsSync(folder) ? folder : installedAt(workspace);
}

function scriptsOf(folder: string): Readonly<Record<string, string>> {
  return manifestOf(folder).scripts ?? {};
}
