import { parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { UdfFunctions } from './types';

/** A UDF module that stands in a file of JavaScript. */
export interface LoadedModule {
  /** The file's name without extension. */
  readonly name: string;
  readonly functions: UdfFunctions;
}

/**
 * Loads the functions that a CommonJS or ES module exports, or that its default export has.
 *
 * @throws Error when it cannot be loaded; the message names the file.
 */
export async function loadModule(file: string): Promise<LoadedModule> {
  try {
    const loaded = (await import(pathToFileURL(resolve(file)).href)) as { default?: UdfFunctions };
    return { name: parse(file).name, functions: loaded.default ?? (loaded as UdfFunctions) };
  } catch (error) {
    throw new Error(`The UDFs in ${file} cannot be loaded: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
