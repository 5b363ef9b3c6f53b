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

/**
 * Finds the classes of every supported copy of `aerospike` that this process has already loaded, under whatever name it
 * is installed. No module hook will ever see these again. Of all other modules nothing is touched: to read an export can
 * run code of the application's, or fail while the module is being loaded.
 */
export function findLoadedClasses(): LoadedClass[] {
  return Object.entries(loadedModules()).flatMap(([filename, module]) => {
    const clientClass = CLIENT_CLASSES.find(({ file }) =>
      filename.endsWith(join(sep, ...file.split('/'))),
    );
    if (clientClass === undefined || !isOfSupportedClient(filename)) return [];
    const loaded = classFrom(module?.exports);
    return loaded === undefined ? [] : [{ clientClass, loaded }];
  });
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

/** An application, and other packages, may have files of the same names. */
function isOfSupportedClient(libraryFile: string): boolean {
  try {
    const packageFile = join(dirname(libraryFile), '..', 'package.json');
    const { name, version } = JSON.parse(readFileSync(packageFile, 'utf8')) as PackageFile;
    return name === 'aerospike' && typeof version === 'string' && isMeasured(version);
  } catch {
    return false;
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
