import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, sep } from 'node:path';
import { isSupportedVersion, SUPPORTED_VERSIONS } from '../aerospike/supported-versions';
import { say } from '../notices';
import type { AerospikeClass } from './class-patch';
import { classFrom, CLIENT_CLASSES, type ClientClass } from './client-classes';

interface LoadedClass {
  readonly clientClass: ClientClass;
  readonly loaded: AerospikeClass;
}

/** A copy of the client that this process has loaded. */
export interface LoadedCopy {
  readonly folder: string;
  readonly version: string;
  readonly classes: LoadedClass[];
}

/**
 * Finds the classes of every supported copy of `aerospike` that this process has already loaded, under whatever name it
 * is installed. No module hook will ever see these again.
 */
export function findLoadedClasses(): LoadedClass[] {
  return loadedCopies().flatMap(({ version, classes }) => (isMeasured(version) ? classes : []));
}

/**
 * Every copy of `aerospike` that this process has loaded. Of all other modules nothing is touched: to read an export can
 * run code of the application's, or fail while the module is being loaded.
 */
export function loadedCopies(): LoadedCopy[] {
  const copies = new Map<string, LoadedCopy>();
  for (const [filename, module] of Object.entries(loadedModules())) {
    const clientClass = CLIENT_CLASSES.find(({ file }) =>
      filename.endsWith(join(sep, ...file.split('/'))),
    );
    if (clientClass === undefined) continue;
    const folder = join(dirname(filename), '..');
    const version = copies.get(folder)?.version ?? clientVersion(folder);
    if (version === undefined) continue;
    const copy = copies.get(folder) ?? { folder, version, classes: [] };
    copies.set(folder, copy);
    const loaded = classFrom(module?.exports);
    if (loaded !== undefined) copy.classes.push({ clientClass, loaded });
  }
  return [...copies.values()];
}

/** The client's main module, which exports everything an application may use. */
const MAIN_FILE = join(sep, 'lib', 'aerospike.js');

/** What the main module of the copy exports that a client class belongs to. Undefined where Node.js has not loaded it. */
export function exportsOf(client: AerospikeClass): unknown {
  for (const [filename, module] of Object.entries(loadedModules())) {
    if (!filename.endsWith(MAIN_FILE)) continue;
    const exported = module?.exports as { readonly Client?: unknown } | null | undefined;
    if (exported?.Client === client) return exported;
  }
  return undefined;
}

/** That of Node.js, not `require.cache`: bundlers put a cache of their own in its place. */
function loadedModules(): NodeJS.Dict<NodeJS.Module> {
  return (Module as unknown as { readonly _cache?: NodeJS.Dict<NodeJS.Module> })._cache ?? {};
}

/** The version of the client in a folder. An application, and other packages, may have files of the same names. */
function clientVersion(folder: string): string | undefined {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const { name, version } = JSON.parse(text) as PackageFile;
    return name === 'aerospike' && typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a version of the client is measured. One that is not is told. */
export function isMeasured(version: string): boolean {
  const isSupported = isSupportedVersion(version);
  if (!isSupported) say('unsupportedClient', version, SUPPORTED_VERSIONS.join(' || '));
  return isSupported;
}

interface PackageFile {
  readonly name?: unknown;
  readonly version?: unknown;
}
