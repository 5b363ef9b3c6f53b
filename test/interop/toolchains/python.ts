import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, INTEROP } from './cache';
import { isAtLeast, output, versionOf } from './command';
import { leaveOut } from './left-out';

/** Where the programs in Python stand. */
export const PYTHON_PROGRAMS = join(INTEROP, 'programs/python');

export const REQUIREMENTS = join(PYTHON_PROGRAMS, 'requirements.txt');
/** The oldest that aerospike-py has a build for. */
const OLDEST = [3, 10] as const;

/** A Python that has the packages of requirements.txt, in an environment of its own. */
export async function python(context: Mocha.Context): Promise<string> {
  const version = await versionOf('python3', ['--version']);
  if (version === undefined || !isAtLeast(version, OLDEST)) {
    leaveOut(context, `there is no python3 of version ${OLDEST.join('.')} or later`);
  }
  const environment = cached(`python-${version?.join('.') ?? ''}-${hashOf(REQUIREMENTS)}`);
  const interpreter = join(environment, 'bin/python');
  const isComplete = join(environment, 'complete');
  if (!existsSync(isComplete)) {
    rmSync(environment, { recursive: true, force: true });
    try {
      await output('python3', ['-m', 'venv', environment]);
      const options = ['--disable-pip-version-check', '--only-binary', ':all:'];
      await output(interpreter, ['-m', 'pip', 'install', ...options, '-r', REQUIREMENTS]);
    } catch (error) {
      leaveOut(context, `the packages for Python cannot be installed: ${String(error)}`);
    }
    writeFileSync(isComplete, '');
  }
  return interpreter;
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
}
