import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { manifestOf, PACKAGES, ROOT, type Manifest } from './tarballs';

const INSTRUMENTATION = PACKAGES['opentelemetry-instrumentation-aerospike'];

/** Where Node.js finds a package that this repository has installed. */
export function installedAt(name: string, from: string = INSTRUMENTATION): string {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = places.map(place => join(place, name)).find(existsSync);
  if (found === undefined) throw new Error(`${name} is not installed for ${from}`);
  return found;
}

/** The packages that are installed together with one. */
export function requirementsOf(manifest: Manifest): string[] {
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const peers = Object.keys(peerDependencies).filter(
    name => peerDependenciesMeta[name]?.optional !== true,
  );
  return [...Object.keys(dependencies), ...peers];
}

/** Copies packages, and all that they need, to where they would be installed for a folder. */
export function copyInstalled(names: readonly string[], folder: string): void {
  const pending = names.map(name => installedAt(name));
  const copied = new Set<string>();
  for (const source of pending) {
    if (copied.has(source)) continue;
    copied.add(source);
    const nested = join(source, 'node_modules');
    cpSync(source, join(folder, source.slice(source.indexOf('node_modules', ROOT.length))), {
      recursive: true,
      filter: path => !path.startsWith(nested),
    });
    pending.push(...requirementsOf(manifestOf(source)).map(name => installedAt(name, source)));
  }
}

/** The version of the client that the tests run with. */
export function clientVersion(): string {
  return manifestOf(installedAt('aerospike')).version;
}

/** Makes packages visible from a folder without a copy, which for `aerospike` would be of 100 MB. */
export function linkInstalled(names: readonly string[], folder: string): void {
  for (const name of names) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(installedAt(name), link, 'junction');
  }
}
