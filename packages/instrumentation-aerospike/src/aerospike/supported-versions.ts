const OLDEST = [5, 12, 1] as const;
const FIRST_UNSUPPORTED_MAJOR = 7;

/** The versions of the `aerospike` package that are instrumented, as a semver range. */
export const SUPPORTED_VERSIONS = [`>=${OLDEST.join('.')} <${FIRST_UNSUPPORTED_MAJOR}`];

/** Tells whether {@link SUPPORTED_VERSIONS} contains a released version, such as `6.7.1`. */
export function isSupportedVersion(version: string): boolean {
  const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (numbers === undefined) return false;
  const [major = 0] = numbers;
  if (major >= FIRST_UNSUPPORTED_MAJOR) return false;
  const firstDifference = OLDEST.findIndex((part, index) => numbers[index] !== part);
  return firstDifference === -1 || (numbers[firstDifference] ?? 0) > (OLDEST[firstDifference] ?? 0);
}
