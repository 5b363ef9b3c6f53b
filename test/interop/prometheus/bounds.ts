/** Between which numbers an answer has to be. Both are NaN where it has to be that: what nothing has grown by. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const NOTHING: Bounds = { low: 0, high: 0 };

export function exactly(value: number): Bounds {
  return { low: value, high: value };
}

export function sumOf(all: readonly Bounds[]): Bounds {
  return all.reduce((a, b) => ({ low: a.low + b.low, high: a.high + b.high }), NOTHING);
}

export function quotient(dividend: Bounds, divisor: Bounds): Bounds {
  return { low: dividend.low / divisor.high, high: dividend.high / divisor.low };
}

/** Seconds since 1970 leave no more than that of a number's digits to their fractions. */
const ROUNDING = 1e-6;

export function isWithin(value: number, { low, high }: Bounds): boolean {
  if (Number.isNaN(low)) return Number.isNaN(value);
  return value >= low * (1 - ROUNDING) && value <= high * (1 + ROUNDING);
}
