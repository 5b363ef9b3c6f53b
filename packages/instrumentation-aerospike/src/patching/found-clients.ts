import { isSupportedVersion, SUPPORTED_VERSIONS } from '../aerospike/supported-versions';
import { failureOf, replacedMethods, type AerospikeClass } from './class-patch';
import { loadedCopies, type LoadedCopy } from './loaded-classes';

/**
 * One line for each copy of the client in this process: version, folder, and whether it is patched.
 *
 * @param known classes that are patched, of which some may be in no file that Node.js has loaded
 */
export function describeClients(known: readonly AerospikeClass[] = []): string[] {
  const copies = loadedCopies();
  const inFiles = new Set(copies.flatMap(({ classes }) => classes.map(({ loaded }) => loaded)));
  const others = known.filter(each => !inFiles.has(each));
  const lines = copies.map(
    copy => `aerospike ${copy.version} in ${copy.folder}: ${stateOfCopy(copy)}`,
  );
  if (others.length > 0) {
    lines.push(`one in a bundle, or given to instrumentModule(): ${stateOf(others)}`);
  }
  return lines;
}

function stateOfCopy({ version, classes }: LoadedCopy): string {
  if (!isSupportedVersion(version)) {
    return `not measured, supported are the versions ${SUPPORTED_VERSIONS.join(' || ')}`;
  }
  return stateOf(classes.map(({ loaded }) => loaded));
}

function stateOf(classes: readonly AerospikeClass[]): string {
  const count = classes.reduce((sum, each) => sum + replacedMethods(each), 0);
  const failures = new Set(classes.flatMap(each => failureOf(each) ?? []));
  return [`${count} methods replaced`, ...failures].join(', and not all: ');
}
