import { inspect } from 'node:util';

/** Makes the error for a wrong option: it names the option, what is allowed and what was given. */
export function optionError(option: string, allowed: string, given: unknown): TypeError {
  return new TypeError(`${option} must be ${allowed}, not ${inspect(given, { depth: 1 })}`);
}

/** @throws TypeError where something else was given than options by their names */
export function expectOptions(given: unknown, name = 'options'): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw optionError(name, 'an object', given);
  }
}
