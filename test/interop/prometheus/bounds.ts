/** The numbers between which an answer has to be. Both are NaN where the answer has to be NaN. */
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

/** A number that holds seconds since 1970 has no more digits than that for their fractions. */
const ROUNDING = 1e-6;

export function isWithin(value: number, { low, high }: Bounds): boolean {
  if (Number.isNaN(low)) return Number.isNaN(value);
  return value >= low * (1 - ROUNDING) && value <= high * (1 + ROUNDING);
}
