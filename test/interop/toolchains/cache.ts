import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

// This file runs from test/build/interop/toolchains.
export const INTEROP = join(__dirname, '../../../interop');

const CACHE = join(INTEROP, '../../node_modules/.cache/interop');

/** A place for what is installed or built once for several runs. Its folder exists, it need not. */
export function cached(name: string): string {
  mkdirSync(CACHE, { recursive: true });
  return join(CACHE, name);
}
