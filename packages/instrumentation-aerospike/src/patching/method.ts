export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Gives a wrapper the name and the number of parameters that the application sees on the original. */
export function resembling(original: Method, wrapper: Method): Method {
  return Object.defineProperties(wrapper, {
    name: { value: original.name, configurable: true },
    length: { value: original.length, configurable: true },
  });
}
