import { spawnSync } from 'node:child_process';

/** @throws Error when the programs `prometheus` and `promtool` are not installed */
export function needPrometheus(): void {
  const missing = ['prometheus', 'promtool'].filter(
    program => spawnSync(program, ['--version']).error !== undefined,
  );
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(' and ')} cannot be run: install Debian's package \`prometheus\`, or put the programs in the PATH`,
    );
  }
}
