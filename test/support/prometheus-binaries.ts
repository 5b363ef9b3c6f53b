import { spawnSync } from 'node:child_process';

/**
 * Skips a suite that needs the programs `prometheus` and `promtool` where they are not installed. With the variable
 * REQUIRE_PROMETHEUS, as in CI, that is a failure instead.
 */
export function needPrometheus(context: Mocha.Context): void {
  const missing = ['prometheus', 'promtool'].filter(
    program => spawnSync(program, ['--version']).error !== undefined,
  );
  if (missing.length === 0) return;
  const sentence = `${missing.join(' and ')} cannot be run (on Debian: apt-get install prometheus)`;
  if (process.env.REQUIRE_PROMETHEUS) {
    throw new Error(`REQUIRE_PROMETHEUS is set, but ${sentence}`);
  }
  console.log(`    skipped, because ${sentence}`);
  context.skip();
}
