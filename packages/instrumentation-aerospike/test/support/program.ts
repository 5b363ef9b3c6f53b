import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const PROGRAMS = resolve(__dirname, '../../../test/programs');

export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Path of one of the programs in `test/programs`. */
export function programPath(name: string): string {
  return resolve(PROGRAMS, name);
}

/** Runs Node.js with these arguments until it ends. */
export function runNode(...args: string[]): Promise<ProgramResult> {
  return new Promise((onEnd, onError) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', onError);
    child.once('close', code => {
      onEnd({ code, stdout, stderr });
    });
  });
}
