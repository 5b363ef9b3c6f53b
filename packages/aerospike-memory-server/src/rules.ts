import { inspect } from 'node:util';

/** What a value that an application gives must be. */
export interface Rule {
  /** Ends the sentence "it must be …". */
  readonly allowed: string;
  readonly test: (value: unknown) => boolean;
}

/**
 * Checks the properties of an object that an application gives; undefined ones count as left out.
 *
 * @param prefix - comes before the names of the properties in messages, such as 'match.'.
 * @returns a copy without those that are undefined.
 * @throws TypeError that names the property, what was given, and what is allowed.
 */
export function checked<T extends object>(
  given: T | null,
  rules: Readonly<Record<keyof T, Rule>>,
  prefix = '',
): T {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(`The options are ${inspect(given)}; they must be an object.`);
  }
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of entries) {
    if (!Object.hasOwn(rules, name)) {
      throw new TypeError(
        `There is no option ${prefix}${name}; there are ${Object.keys(rules).join(', ')}.`,
      );
    }
    const rule = rules[name as keyof T];
    if (!rule.test(value)) {
      throw new TypeError(
        `The option ${prefix}${name} is ${inspect(value)}; it must be ${rule.allowed}.`,
      );
    }
  }
  return Object.fromEntries(entries) as T;
}

export function integerBetween(min: number, max: number): Rule {
  return {
    allowed: `a whole number from ${min} to ${max}`,
    test: value => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  };
}

export function oneOf(values: readonly unknown[]): Rule {
  return {
    allowed: values.map(value => inspect(value)).join(' or '),
    test: value => values.includes(value),
  };
}

export function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

/** The longest time that a timer takes. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
