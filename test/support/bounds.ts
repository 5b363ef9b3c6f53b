/** Between which numbers an answer has to be. */
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

/** Numbers of JavaScript and of Prometheus are summed up in different orders. */
const ROUNDING = 1e-9;

export function isWithin(value: number, { low, high }: Bounds): boolean {
  return value >= low * (1 - ROUNDING) && value <= high * (1 + ROUNDING);
}
