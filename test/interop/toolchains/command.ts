import { Program, type ProgramOptions } from '@test/support';

/** Runs a program to its end; what it printed on standard output. What it printed besides is told when it fails. */
export async function output(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await new Program(args, { ...options, command }).result();
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return stdout;
}

/** The version that a program tells, or undefined where there is no such program. */
export async function versionOf(
  command: string,
  args: readonly string[],
): Promise<readonly [major: number, minor: number] | undefined> {
  try {
    const [, major, minor] = /(\d+)\.(\d+)/.exec(await output(command, args)) ?? [];
    return [Number(major), Number(minor)];
  } catch {
    return undefined;
  }
}

export function isAtLeast(
  [major, minor]: readonly [number, number],
  [leastMajor, leastMinor]: readonly [number, number],
): boolean {
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
