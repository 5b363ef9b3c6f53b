import { join } from 'node:path';
import { manifestOf, Program, type ProgramOptions, ROOT } from '@test/support';

export const EXAMPLES = join(ROOT, 'examples');

/** The command that each script of an example goes through: it starts the Aerospike server. */
const SERVED = 'aerospike-memory-server -- ';

/**
 * Runs a script of an example as `npm run` does, but without npm and a shell in between: so signals reach the program,
 * and its exit code reaches the test.
 */
export function runExample(
  name: string,
  script: string,
  env: NonNullable<ProgramOptions['env']>,
): Program {
  const cwd = join(EXAMPLES, name);
  const line = manifestOf(cwd).scripts?.[script] ?? '';
  if (!line.startsWith(SERVED)) throw new Error(`${name} has no script ${script} with a server`);
  const command = join(ROOT, 'packages/aerospike-memory-server/bin/aerospike-memory-server.js');
  const [node, ...args] = line.slice(SERVED.length).split(' ');
  if (node !== 'node') throw new Error(`the script ${script} of ${name} is no program of Node.js`);
  return new Program([command, '--', process.execPath, ...args], { cwd, env });
}
