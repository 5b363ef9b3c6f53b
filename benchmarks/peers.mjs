import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const LOCKFILE = `${FOLDER}package-lock.json`;
/** Written by npm when it has installed. */
const INSTALLED = `${FOLDER}node_modules/.package-lock.json`;

/** Installs what the benchmarks compare with, unless it is there as the lockfile has it. */
export function installPeers() {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCKFILE).mtimeMs) return;
  process.stderr.write('Installing what is compared with (once) …\n');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
