import { inspect } from 'node:util';

/** What an option or an environment variable may be: one description for both. */
export interface Kind<Value = unknown> {
  /** What is allowed, in words that follow "must be". */
  readonly allowed: string;
  readonly accepts: (value: unknown) => boolean;
  /** Reads the text of a variable. undefined: it is none of what is allowed. */
  readonly parse: (text: string) => Value | undefined;
}

/** The options of something, by name. */
export type Kinds<Options> = Readonly<Record<keyof Options, Kind>>;

/** A variable that is empty counts as not set, as the OpenTelemetry specification has it. */
export function textOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}

const notFromText = (): undefined => undefined;

export const BOOLEAN: Kind<boolean> = {
  allowed: 'true or false',
  accepts: value => typeof value === 'boolean',
  parse: text => {
    const word = text.toLowerCase();
    return word === 'true' || word === 'false' ? word === 'true' : undefined;
  },
};

export const FUNCTION: Kind = {
  allowed: 'a function',
  accepts: value => typeof value === 'function',
  parse: notFromText,
};

/** A text that is not empty, such as the name of a metric. */
export function text(what: string): Kind<string> {
  return {
    allowed: what,
    accepts: value => typeof value === 'string' && value !== '',
    parse: given => given,
  };
}

export function listOfTexts(what: string): Kind<readonly string[]> {
  return {
    allowed: what,
    accepts: value => Array.isArray(value) && value.every(item => typeof item === 'string'),
    parse: notFromText,
  };
}

export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER, unit = ''): Kind<number> {
  const includes = (number: number) => Number.isInteger(number) && number >= min && number <= max;
  const range = max === Number.MAX_SAFE_INTEGER ? `above ${min - 1}` : `from ${min} to ${max}`;
  return {
    allowed: `a whole number ${unit}${range}`,
    accepts: value => typeof value === 'number' && includes(value),
    parse: given => {
      const number = /^\d+$/.test(given) ? Number(given) : NaN;
      return includes(number) ? number : undefined;
    },
  };
}

export const PORT = wholeNumber(0, 65535);

/** Where Prometheus looks for the metrics of OpenTelemetry, unless it is told otherwise. */
export const DEFAULT_PROMETHEUS_PORT = 9464;

export function oneOf<Value extends string>(values: readonly Value[]): Kind<Value> {
  return {
    allowed: `one of ${values.join(', ')}`,
    accepts: value => (values as readonly unknown[]).includes(value),
    parse: given => values.find(value => value === given.toLowerCase()),
  };
}

/** Upper bounds of the buckets of a histogram. */
export const BOUNDARIES: Kind<readonly number[]> = {
  allowed:
    'a list of finite numbers of seconds, none below 0 and each above the one before (in a variable separated by commas)',
  accepts: isRising,
  parse: given => {
    const numbers = given.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
    return isRising(numbers) ? numbers : undefined;
  },
};

function isRising(boundaries: unknown): boundaries is readonly number[] {
  return (
    Array.isArray(boundaries) &&
    boundaries.every(
      (boundary: unknown, index) =>
        Number.isFinite(boundary) &&
        (index === 0
          ? (boundary as number) >= 0
          : (boundary as number) > (boundaries[index - 1] as number)),
    )
  );
}

/** Makes the error for a wrong option: it names the option, what is allowed and what was given. */
export function optionError(option: string, allowed: string, given: unknown): TypeError {
  return new TypeError(`${option} must be ${allowed}, not ${inspect(given, { depth: 1 })}`);
}

/** What is to be done with a name that is no option. */
export type Unknown = 'refuse' | 'pass on unless it looks misspelled';

/**
 * Checks options that were given in code. An option that is undefined has its default.
 *
 * @throws TypeError that names the option which is wrong, what was given and what is allowed
 */
export function checkOptions<Options>(
  given: unknown,
  kinds: Kinds<Options>,
  { name = 'options', unknown = 'refuse' }: { name?: string; unknown?: Unknown } = {},
): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw optionError(name, 'an object', given);
  }
  const known = Object.keys(kinds);
  for (const [option, value] of Object.entries(given)) {
    if (!Object.hasOwn(kinds, option)) {
      const isMisspelled = nearest(option, known) !== undefined;
      if (unknown === 'refuse' || isMisspelled) throw new TypeError(unknownName(option, known));
    } else if (value !== undefined) {
      const { allowed, accepts } = kinds[option as keyof Options];
      if (!accepts(value)) throw optionError(option, allowed, value);
    }
  }
}

/** The sentence about a name that is no option, or no variable: with the nearest one that is. */
export function unknownName(name: string, known: readonly string[], what = 'option'): string {
  const near = nearest(name, known);
  const advice =
    near === undefined ? `the ${what}s are ${known.join(', ')}` : `did you mean ${inspect(near)}?`;
  return `unknown ${what} ${inspect(name)}: ${advice}`;
}

/** The sentence about a variable whose text is none of what is allowed. */
export function wrongVariable(name: string, allowed: string, given: string, used: unknown): string {
  const instead = used === undefined ? 'the default' : inspect(used);
  return `${name} must be ${allowed}, not ${inspect(given)}; using ${instead}`;
}

/** The known name that a wrong one was probably meant to be. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const distances = known.map(each => distance(name.toLowerCase(), each.toLowerCase()));
  const least = Math.min(...distances);
  return least <= Math.max(2, Math.floor(name.length / 3))
    ? known[distances.indexOf(least)]
    : undefined;
}

/** How many characters have to be added, taken away or replaced to make one text of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, character] of Array.from(from).entries()) {
    const next = [line + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = (row[column] ?? 0) + (character === to[column] ? 0 : 1);
      next.push(Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
