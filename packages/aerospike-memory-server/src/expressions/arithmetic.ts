import { type Form, Type, UNKNOWN } from './compiled-expression';
import { strict } from './strict';

type Numeric = bigint | number;

/** Integers wrap at 64 bits. */
function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** An operation on any number of integers or of floats, never of both. */
function fold(
  integers: (a: bigint, b: bigint) => bigint,
  floats: (a: number, b: number) => number,
): (values: readonly Numeric[]) => Numeric {
  return values =>
    values.reduce((a, b) =>
      typeof a === 'bigint' ? wrap(integers(a, b as bigint)) : floats(a, b as number),
    );
}

const numbers = (evaluate: (values: readonly Numeric[]) => Numeric | typeof UNKNOWN): Form =>
  strict<Numeric>({ takes: { each: 'number' }, gives: 'same', evaluate });

const sum = fold(
  (a, b) => a + b,
  (a, b) => a + b,
);
const difference = fold(
  (a, b) => a - b,
  (a, b) => a - b,
);
const product = fold(
  (a, b) => a * b,
  (a, b) => a * b,
);

/** The number of that kind, to begin with where there is only one argument. */
function constant(like: Numeric, value: number): Numeric {
  return typeof like === 'bigint' ? BigInt(value) : value;
}

function quotient(dividend: Numeric, divisor: Numeric): Numeric | typeof UNKNOWN {
  if (typeof dividend === 'number') return dividend / (divisor as number);
  return divisor === 0n ? UNKNOWN : wrap(dividend / (divisor as bigint));
}

function divide([first, ...others]: readonly Numeric[]): Numeric | typeof UNKNOWN {
  if (first === undefined) return UNKNOWN;
  return others.length === 0
    ? quotient(constant(first, 1), first)
    : quotient(first, product(others));
}

export const add = numbers(sum);
export const multiply = numbers(product);
export const subtract = numbers(values => {
  const [first = 0n] = values;
  return difference(values.length === 1 ? [constant(first, 0), first] : values);
});
export const divideBy = numbers(divide);
export const minimum = numbers(
  fold(
    (a, b) => (a > b ? b : a),
    (a, b) => (a > b ? b : a),
  ),
);
export const maximum = numbers(
  fold(
    (a, b) => (a < b ? b : a),
    (a, b) => (a < b ? b : a),
  ),
);

export const absolute = strict<Numeric>({
  takes: ['number'],
  gives: 'same',
  evaluate: ([value = 0]) => {
    if (typeof value === 'number') return Math.abs(value);
    return wrap(value < 0n ? -value : value);
  },
});

const floats = (arity: 1 | 2, evaluate: (a: number, b: number) => number): Form =>
  strict<number>({
    takes: Array.from({ length: arity }, () => Type.FLOAT),
    gives: Type.FLOAT,
    evaluate: ([a = NaN, b = NaN]) => evaluate(a, b),
  });

export const power = floats(2, (base, exponent) => {
  // Where C's pow gives 1 and JavaScript's NaN.
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base ** exponent;
});
export const logarithm = floats(2, (value, base) => Math.log(value) / Math.log(base));
export const floor = floats(1, Math.floor);
export const ceiling = floats(1, Math.ceil);

export const modulo = strict<bigint>({
  takes: [Type.INTEGER, Type.INTEGER],
  gives: Type.INTEGER,
  evaluate: ([dividend = 0n, divisor = 0n]) => (divisor === 0n ? UNKNOWN : dividend % divisor),
});

const OUT_OF_RANGE = -(2n ** 63n);

export const toInteger = strict<number>({
  takes: [Type.FLOAT],
  gives: Type.INTEGER,
  evaluate: ([value = NaN]) => {
    // What an x86-64 server makes of a float that no 64-bit integer can hold.
    if (!(Math.abs(value) < 2 ** 63)) return OUT_OF_RANGE;
    return BigInt(Math.trunc(value));
  },
});

export const toFloat = strict<bigint>({
  takes: [Type.INTEGER],
  gives: Type.FLOAT,
  evaluate: ([value = 0n]) => Number(value),
});
