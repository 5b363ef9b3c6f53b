/** The packages may stand beside this one, or, where packages see only what they ask for, with the application. */
function places(): string[] {
  try {
    return [__dirname, process.cwd()];
  } catch {
    // The current folder is gone.
    return [__dirname];
  }
}

/**
 * Explains what is missing, before a part of this package loads what only it needs.
 *
 * @throws Error that names the missing packages and the command that installs them
 */
export function requirePackages(neededFor: string, names: readonly string[]): void {
  const missing = names.filter(name => locate(name) === undefined);
  if (missing.length === 0) return;
  throw new Error(`${neededFor} needs ${missing.join(' and ')}: npm install ${missing.join(' ')}`);
}

/** The file of an installed package. */
export function locate(name: string): string | undefined {
  try {
    return require.resolve(name, { paths: places() });
  } catch {
    return undefined;
  }
}
