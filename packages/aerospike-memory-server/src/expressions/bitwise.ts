import { type Form, Type } from './compiled-expression';
import { strict } from './strict';

function unsigned(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

const fold = (evaluate: (a: bigint, b: bigint) => bigint): Form =>
  strict<bigint>({
    takes: { each: Type.INTEGER },
    gives: Type.INTEGER,
    evaluate: values => values.reduce(evaluate),
  });

const ofOne = (evaluate: (value: bigint) => bigint): Form =>
  strict<bigint>({
    takes: [Type.INTEGER],
    gives: Type.INTEGER,
    evaluate: ([value = 0n]) => evaluate(value),
  });

/** Only the low six bits of a distance count, as on the processors that the server runs on. */
const shift = (evaluate: (value: bigint, distance: bigint) => bigint): Form =>
  strict<bigint>({
    takes: [Type.INTEGER, Type.INTEGER],
    gives: Type.INTEGER,
    evaluate: ([value = 0n, distance = 0n]) => signed(evaluate(value, distance & 63n)),
  });

function binary(value: bigint): string {
  return unsigned(value).toString(2).padStart(64, '0');
}

/** The position of the first or last bit that is set, or that is not, counted from the highest; -1 when there is none. */
const scan = (find: (digits: string, digit: string) => number): Form =>
  strict<bigint | boolean>({
    takes: [Type.INTEGER, Type.BOOLEAN],
    gives: Type.INTEGER,
    evaluate: ([value = 0n, set]) =>
      BigInt(find(binary(value as bigint), set === true ? '1' : '0')),
  });

export const and = fold((a, b) => a & b);
export const or = fold((a, b) => a | b);
export const xor = fold((a, b) => a ^ b);
export const not = ofOne(value => ~value);
export const count = ofOne(value => BigInt(binary(value).replaceAll('0', '').length));
export const leftShift = shift((value, distance) => value << distance);
export const rightShift = shift((value, distance) => unsigned(value) >> distance);
export const arithmeticRightShift = shift((value, distance) => value >> distance);
export const leftScan = scan((digits, digit) => digits.indexOf(digit));
export const rightScan = scan((digits, digit) => digits.lastIndexOf(digit));
