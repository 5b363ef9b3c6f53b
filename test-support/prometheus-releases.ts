import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './tarballs';

/** A Prometheus that can be run here. */
export interface PrometheusRelease {
  readonly title: string;
  readonly prometheus: string;
  readonly promtool: string;
  readonly version: readonly [major: number, minor: number];
}

/** Where scripts/install-prometheus.sh puts the programs of 3.x. */
const UNPACKED = join(ROOT, '.prometheus/3');

/** That in the PATH, and 3.x where it could be had. */
export const RELEASES: readonly PrometheusRelease[] = [
  releaseOf('prometheus', 'promtool'),
  ...(existsSync(UNPACKED)
    ? [releaseOf(join(UNPACKED, 'prometheus'), join(UNPACKED, 'promtool'))]
    : []),
];

if (RELEASES.length === 1) {
  console.log('  without a second Prometheus: bash scripts/install-prometheus.sh gets 3.x');
}

/** Whether a release is at least so new. */
export function isSince(
  { version: [major, minor] }: PrometheusRelease,
  [sinceMajor, sinceMinor]: PrometheusRelease['version'],
): boolean {
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

function releaseOf(prometheus: string, promtool: string): PrometheusRelease {
  const [version] = [prometheus, promtool].map(versionOf);
  if (version === undefined) throw new Error(`${prometheus} tells no version`);
  return { title: `Prometheus ${version.join('.')}`, prometheus, promtool, version };
}

/** @throws Error when the program cannot be run */
function versionOf(program: string): PrometheusRelease['version'] {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /version (\d+)\.(\d+)\./.exec(stdout) ?? [];
  if (major === undefined || minor === undefined) {
    throw new Error(`${program} cannot be run: bash scripts/install-prometheus.sh`);
  }
  return [Number(major), Number(minor)];
}
