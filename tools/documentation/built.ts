import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PACKAGES, type PackageName } from '@test/support';

/** A built file of a package that the package does not export. */
export function built(name: PackageName, file: string): unknown {
  return createRequire(__filename)(join(PACKAGES[name], 'build', file)) as unknown;
}
