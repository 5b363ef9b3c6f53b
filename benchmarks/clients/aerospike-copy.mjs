import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

const require = createRequire(import.meta.url);
const FOLDER = join(sep, 'node_modules', 'aerospike', sep);
/** The native part, and the one event loop that it registers with, can be loaded once only. */
const SHARED = /\.node$|[\\/]lib[\\/]event_loop\.js$/;

/**
 * Loads another copy of the client's JavaScript into this process. So a bare and an instrumented client live side by
 * side, each with code that the JavaScript engine has optimised for it alone.
 */
export function loadAerospikeCopy() {
  for (const filename of Object.keys(require.cache)) {
    if (filename.includes(FOLDER) && !SHARED.test(filename)) delete require.cache[filename];
  }
  return require('aerospike');
}
