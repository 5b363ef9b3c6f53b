import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface InstalledSize {
  readonly bytes: number;
  readonly files: number;
}

/** All that lies in a folder and below. */
export function installedSize(folder: string): InstalledSize {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length };
}
