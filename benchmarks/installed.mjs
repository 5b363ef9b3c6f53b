import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Whether a package, or one of its entries, can be loaded. Without a name nothing is needed. */
export function isInstalled(name) {
  if (name === undefined) return true;
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
