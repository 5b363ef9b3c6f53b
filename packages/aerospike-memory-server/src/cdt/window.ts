import { CommandError, ResultCode } from '../protocol/result-code';
import type { Arguments } from './arguments';

/** A range of indices or ranks; `end` is not part of it. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** The part of a range that exists. A negative start counts from the end and may reach beyond the beginning. */
function windowOf(size: number, index: number, count: number): Window {
  const from = index < 0 ? index + size : index;
  const start = Math.min(Math.max(0, from), size);
  return { start, end: Math.max(start, Math.min(size, from + count)) };
}

function oneOf(size: number, index: number): Window {
  if (index >= size || index < -size) {
    throw new CommandError(ResultCode.OP_NOT_APPLICABLE, `index ${index} is out of range`);
  }
  return windowOf(size, index, 1);
}

/** An index or rank, and how many follow; `single` operations are about one, which must exist. */
export function readWindow(size: number, args: Arguments, single: boolean): Window {
  const index = args.index();
  return single ? oneOf(size, index) : windowOf(size, index, args.count());
}

/** A range that is counted from where a value or a key stands or would stand. */
export function readRelativeWindow(size: number, origin: number, args: Arguments): Window {
  const index = origin + args.index();
  const count = args.count();
  return index < 0 ? windowOf(size, 0, Math.max(0, count + index)) : windowOf(size, index, count);
}

/** What a range leaves, when that is a range too. */
export function restOf({ start, end }: Window, size: number): Window | undefined {
  if (start === end) return { start: 0, end: size };
  if (start === 0) return { start: end, end: size };
  return end === size ? { start: 0, end: start } : undefined;
}
