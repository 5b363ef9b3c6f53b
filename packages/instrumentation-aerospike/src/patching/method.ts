import type { Method } from '../aerospike/operation';

/** What every function has. */
const OWN_PROPERTIES = 2;

/**
 * Gives a wrapper the name and the number of parameters that the application sees on the original, and whatever else
 * that has, such as what a test finds on a stub.
 */
export function resembling(original: Method, wrapper: Method): Method {
  const names = Reflect.ownKeys(original).filter(name => name !== 'prototype');
  if (names.length > OWN_PROPERTIES) Object.setPrototypeOf(wrapper, original);
  return Object.defineProperties(wrapper, {
    name: { value: original.name, configurable: true },
    length: { value: original.length, configurable: true },
  });
}
