import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * Where the repository is on the web, as the root's package.json says; undefined where nobody has said it. Whoever
 * publishes says it: npm pkg set repository=https://github.com/OWNER/NAME
 */
export function repositoryUrl() {
  const { repository } = readManifest(ROOT);
  const url = typeof repository === 'string' ? repository : repository?.url;
  return url?.replace(/^git\+/, '').replace(/(\.git)?\/?$/, '');
}
