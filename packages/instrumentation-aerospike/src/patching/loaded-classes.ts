import { readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isSupportedVersion } from '../aerospike/supported-versions';
import type { AerospikeClass } from './class-patch';
import { classFrom, CLIENT_CLASSES, type ClientClass } from './client-classes';

interface LoadedClass {
  readonly clientClass: ClientClass;
  readonly loaded: AerospikeClass;
}

/**
 * Finds the classes of every supported copy of `aerospike` that this process has already loaded. No module hook will
 * ever see these again. Of all other modules nothing is touched: to read an export can run code of the application's,
 * or fail while the module is being loaded.
 */
export function findLoadedClasses(): LoadedClass[] {
  return Object.entries(loadedModules()).flatMap(([filename, module]) => {
    const clientClass = CLIENT_CLASSES.find(({ file }) =>
      filename.endsWith(join(sep, 'aerospike', file)),
    );
    if (clientClass === undefined || !isOfSupportedClient(filename)) return [];
    const loaded = classFrom(module?.exports);
    return loaded === undefined ? [] : [{ clientClass, loaded }];
  });
}

/** A bundler may leave `require` without a cache: then there are no loaded modules to find. */
function loadedModules(): NodeJS.Dict<NodeJS.Module> {
  return (require as Partial<NodeJS.Require>).cache ?? {};
}

/** An application may have files and folders of the same names. */
function isOfSupportedClient(libraryFile: string): boolean {
  try {
    const packageFile = join(dirname(libraryFile), '..', 'package.json');
    const { name, version } = JSON.parse(readFileSync(packageFile, 'utf8')) as PackageFile;
    return name === 'aerospike' && typeof version === 'string' && isSupportedVersion(version);
  } catch {
    return false;
  }
}

interface PackageFile {
  readonly name?: unknown;
  readonly version?: unknown;
}
