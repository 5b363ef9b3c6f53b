import { endianness } from 'node:os';

/** The finest scale: eight buckets for each doubling, so that a bucket is 9 % wide. */
export const MAX_SCALE = 3;

/**
 * Values up to this one count as 0, as in Prometheus' own client libraries. In seconds it is far less than any clock
 * can tell apart.
 */
export const ZERO_THRESHOLD = 2 ** -128;

/** Instead of an index, for values up to {@link ZERO_THRESHOLD}: it is below all others. */
export const ZERO_INDEX = -(2 ** 15);

/** The bounds `2 ** (i / 8)` from 1 to 2: the largest float that is not above the exact number. */
export const BOUNDS: readonly number[] = [
  1, 1.0905077326652575, 1.189207115002721, 1.2968395546510096, 1.414213562373095,
  1.5422108254079407, 1.681792830507429, 1.8340080864093424, 2,
];

/** A float, and the two halves of its bits. */
const FLOAT = new Float64Array(1);
const WORDS = new Uint32Array(FLOAT.buffer);
const [LOW, HIGH] = endianness() === 'LE' ? [0, 1] : [1, 0];

const EXPONENT_BIAS = 1023;
const MANTISSA_BITS = 20;
const MANTISSA_MASK = 2 ** MANTISSA_BITS - 1;

/** The bounds' mantissas. The last bound, which has another exponent, is above every mantissa. */
const BOUNDS_HIGH = Uint32Array.from(BOUNDS, bound =>
  bound === 2 ? 2 ** MANTISSA_BITS : highBits(bound),
);
const BOUNDS_LOW = Uint32Array.from(BOUNDS, lowBits);

/** So many steps from 1 to 2 that few have a bound in them: where none is, the processor foresees what comes of it. */
const STEPS_BITS = 8;
const STEP_SHIFT = MANTISSA_BITS - STEPS_BITS;
/** For each step the first bound that is not below its start. */
const FIRST_BOUNDS = Uint8Array.from({ length: 2 ** STEPS_BITS }, (_, step) =>
  BOUNDS.findIndex(bound => bound >= 1 + step / 2 ** STEPS_BITS),
);

/**
 * Index of the bucket with the bounds `(2 ** (i / 8), 2 ** ((i + 1) / 8)]` that a value lies in. It is read from the
 * value's bits, since a logarithm takes longer and is wrong at the bounds.
 *
 * @param value from 0 on
 * @returns for values up to {@link ZERO_THRESHOLD} {@link ZERO_INDEX}
 */
export function indexOf(value: number): number {
  if (value <= ZERO_THRESHOLD) return ZERO_INDEX;
  FLOAT[0] = value;
  const high = WORDS[HIGH] ?? 0;
  const mantissa = high & MANTISSA_MASK;
  let bound = FIRST_BOUNDS[mantissa >>> STEP_SHIFT] ?? 0;
  const boundHigh = BOUNDS_HIGH[bound] ?? 0;
  if (
    mantissa > boundHigh ||
    (mantissa === boundHigh && (WORDS[LOW] ?? 0) > (BOUNDS_LOW[bound] ?? 0))
  ) {
    bound++;
  }
  return (((high >>> MANTISSA_BITS) - EXPONENT_BIAS) << MAX_SCALE) + bound - 1;
}

function highBits(value: number): number {
  FLOAT[0] = value;
  return (WORDS[HIGH] ?? 0) & MANTISSA_MASK;
}

function lowBits(value: number): number {
  FLOAT[0] = value;
  return WORDS[LOW] ?? 0;
}
