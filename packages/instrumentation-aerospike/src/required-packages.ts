/**
 * Explains what is missing, before a part of this package loads what only it needs.
 *
 * @throws Error that names the missing packages and the command that installs them
 */
export function requirePackages(neededFor: string, names: readonly string[]): void {
  const missing = names.filter(name => !isInstalled(name));
  if (missing.length === 0) return;
  throw new Error(`${neededFor} needs ${missing.join(' and ')}: npm install ${missing.join(' ')}`);
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
