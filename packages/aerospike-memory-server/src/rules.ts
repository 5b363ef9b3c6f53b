import { inspect } from 'node:util';

/** What a value that an application gives must be. */
export interface Rule {
  /** Completes the sentence "port must be …". */
  readonly allowed: string;
  readonly test: (value: unknown) => boolean;
}

/**
 * Checks the properties of an object that an application gives; undefined ones count as left out.
 *
 * @param prefix - comes before the names of the properties in messages, such as 'match.'.
 * @returns a copy without those that are undefined.
 * @throws TypeError that names the option, what was given and what is allowed; for an option that there is not, the
 * nearest one that there is.
 */
export function checked<T extends object>(
  given: T | null,
  rules: Readonly<Record<keyof T, Rule>>,
  prefix = '',
): T {
  if (!isObject(given)) throw wrongOption('options', 'an object', given);
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of entries) {
    if (!Object.hasOwn(rules, name)) throw unknownOption(name, Object.keys(rules), prefix);
    const { test, allowed } = rules[name as keyof T];
    if (!test(value)) throw wrongOption(`${prefix}${name}`, allowed, value);
  }
  return Object.fromEntries(entries) as T;
}

export function wrongOption(name: string, allowed: string, value: unknown): TypeError {
  return new TypeError(`${name} must be ${allowed}, not ${inspect(value)}`);
}

function unknownOption(name: string, names: readonly string[], prefix: string): TypeError {
  const near = nearest(name, names);
  const others = names.map(each => `${prefix}${each}`);
  const hint =
    near === undefined ? `the options are ${listOf(others)}` : `did you mean '${prefix}${near}'?`;
  return new TypeError(`unknown option '${prefix}${name}': ${hint}`);
}

/** 'a, b and c' */
function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The name that differs from a mistyped one by the fewest letters; undefined when all differ by more than a third. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const distances = names.map(each => distance(name.toLowerCase(), each.toLowerCase()));
  const least = Math.min(...distances);
  return least <= Math.max(1, name.length / 3) ? names[distances.indexOf(least)] : undefined;
}

/** How many letters must be added, removed, replaced, or changed places with their neighbours. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]),
        isSwap ? at(i - 2, j - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
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

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The longest time that a timer takes. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
