import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its command line, as far as it can be had. */
  readonly command: string;
}

/** Elsewhere than on Linux each look starts a program. */
const INTERVAL_MS = process.platform === 'linux' ? 250 : 2000;
/** Between a package runner and the command that it runs there are a shell, another runner, a wrapper of Yarn's. */
const MAX_DISTANCE = 10;

/** The titles that npm and npx give themselves; else a script of that name, run by Node.js. */
const RUNNER =
  /^(npm|npx|pnpm|pnpx|yarn|yarnpkg)(\s|$)|[\\/](npm|npx|pnpm|pnpx|yarn)[\w.-]*\.c?js(\s|$)|[\\/](npm|npx|pnpm|yarn|yarnpkg)(\s|$)/;

/**
 * Calls back once when the npm, npx, pnpm or Yarn process that has started this one has ended. Signals that are meant for
 * what they run reach them alone, and not all of them hand these on. Does nothing where none of them has started this
 * process, and does not keep it alive.
 */
export function onPackageRunnerEnd(callback: () => void): void {
  // Their children have this from them. It spares all others the search.
  if (process.env.npm_config_user_agent === undefined) return;
  const runner = findRunner();
  if (!runner) return;
  const timer = setInterval(() => {
    if (isRunning(runner)) return;
    clearInterval(timer);
    callback();
  }, INTERVAL_MS);
  timer.unref();
}

function findRunner(): RunningProcess | undefined {
  let pid = process.ppid;
  for (let distance = 0; distance < MAX_DISTANCE && pid > 1; distance++) {
    const ancestor = lookUp(pid);
    if (!ancestor) return undefined;
    if (RUNNER.test(ancestor.command)) return ancestor;
    pid = ancestor.parent;
  }
  return undefined;
}

/** Whether there is that process, and not another one that has got its number. */
function isRunning({ pid }: RunningProcess): boolean {
  const now = lookUp(pid);
  return now !== undefined && RUNNER.test(now.command);
}

function lookUp(pid: number): RunningProcess | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): RunningProcess | undefined {
  try {
    // Number, name in parentheses, state, number of the parent. The name may have parentheses and spaces too.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

/** On macOS and elsewhere. Windows has no such program, so nobody is found there. */
function fromPs(pid: number): RunningProcess | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,state=,args=', '-p', String(pid)], {
    encoding: 'utf8',
    windowsHide: true,
  });
  const [, parent, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(stdout) ?? [];
  if (parent === undefined || command === undefined || state?.startsWith('Z')) return undefined;
  return { pid, parent: Number(parent), command };
}
