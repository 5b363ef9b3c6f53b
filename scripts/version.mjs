// What a package needs beside its new version: Lerna runs this in its folder, before it commits.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, ROOT } from './repository.mjs';

const { name, version } = readManifest(process.cwd());
const changed = [];

replaceIn('CHANGELOG.md', /^## Unreleased$/m, `## ${version} (${today()})`);
if (existsSync('src/version.ts')) {
  replaceIn('src/version.ts', /(?<=PACKAGE_VERSION = ')[^']+/, version);
}
for (const workspace of workspaces()) {
  const file = join(ROOT, workspace, 'package.json');
  if (readFileSync(file, 'utf8').includes(`"${name}": "^`)) {
    replaceIn(file, new RegExp(`(?<="${name}": "\\^)[^"]+`), version);
  }
}
const { status } = spawnSync('git', ['add', ...changed], { stdio: 'inherit' });
process.exitCode = status ?? 1;

function replaceIn(file, pattern, replacement) {
  const text = readFileSync(file, 'utf8');
  if (!pattern.test(text)) throw new Error(`${file} has nothing like ${pattern}`);
  writeFileSync(file, text.replace(pattern, replacement));
  changed.push(file);
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

/** The folders of the workspaces, from the root. */
function workspaces() {
  return readManifest(ROOT).workspaces.flatMap(pattern => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    return readdirSync(join(ROOT, parent))
      .map(folder => `${parent}/${folder}`)
      .filter(folder => existsSync(join(ROOT, folder, 'package.json')));
  });
}
