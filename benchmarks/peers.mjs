import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const LOCKFILE = `${FOLDER}package-lock.json`;
/** A copy of the lockfile of which everything is installed. */
const INSTALLED = `${FOLDER}node_modules/.installed-lockfile.json`;

/** Installs what the benchmarks compare with, unless it is there as the lockfile has it. */
export function installPeers() {
  if (existsSync(INSTALLED) && read(INSTALLED) === read(LOCKFILE)) return;
  process.stderr.write('Installing what is compared with (once) …\n');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  copyFileSync(LOCKFILE, INSTALLED);
}

function read(file) {
  return readFileSync(file, 'utf8');
}
