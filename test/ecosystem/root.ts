import { resolve } from 'node:path';

/** The root of the repository, from where this is built. */
export const ROOT = resolve(__dirname, '../../..');
