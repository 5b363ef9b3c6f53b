import { join } from 'node:path';
import { cached, INTEROP } from './cache';
import { isAtLeast, output, versionOf } from './command';
import { leaveOut } from './left-out';

/** The oldest that fetches the version that a go.mod asks for. */
const OLDEST = [1, 21] as const;

/** Builds a program of the folder programs; the path of the executable. What has been built before is not built again. */
export async function goProgram(context: Mocha.Context, name: string): Promise<string> {
  const version = await versionOf('go', ['version']);
  if (version === undefined || !isAtLeast(version, OLDEST)) {
    leaveOut(context, `there is no Go of version ${OLDEST.join('.')} or later`);
  }
  const cwd = join(INTEROP, 'programs', name);
  try {
    await output('go', ['mod', 'download'], { cwd });
  } catch (error) {
    leaveOut(context, `the modules for Go cannot be downloaded: ${String(error)}`);
  }
  const executable = cached(name);
  await output('go', ['build', '-o', executable, '.'], { cwd });
  return executable;
}
