import { resolve } from 'node:path';
import { Program, type ProgramResult } from '@test/support';

const PROGRAMS = resolve(__dirname, '../../../test/programs');

/** Path of one of the programs in `test/programs`. */
export function programPath(name: string): string {
  return resolve(PROGRAMS, name);
}

/** Starts Node.js with these arguments. The programs that wait take the end of their input for the wish that they end. */
export function startNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  return new Program(args, { env, hasInput: true });
}

/** Runs Node.js with these arguments until it ends. */
export function runNode(...args: string[]): Promise<ProgramResult> {
  return new Program(args).result();
}
