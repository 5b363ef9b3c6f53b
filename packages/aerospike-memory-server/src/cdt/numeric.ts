import type { Value } from '../protocol/msgpack';
import { malformed } from './arguments';

type Numeric = bigint | number;

function isNumeric(value: Value): value is Numeric {
  return typeof value === 'bigint' || typeof value === 'number';
}

function truncated(value: Numeric): bigint {
  if (typeof value === 'bigint') return value;
  if (!Number.isFinite(value)) throw malformed('a delta for an integer is finite');
  return BigInt(Math.trunc(value));
}

/** Adds a delta (1 when it is nil) to an element, whose type the sum keeps; integers wrap at 64 bits. */
export function sum(element: Value | undefined, delta: Value): Numeric {
  const step = delta ?? 1n;
  if (!isNumeric(step)) throw malformed('a delta is an integer or a double');
  const base = element ?? (typeof step === 'bigint' ? 0n : 0);
  if (!isNumeric(base)) throw malformed('only integers and doubles can be incremented');
  if (typeof base === 'number') return base + Number(step);
  return BigInt.asIntN(64, base + truncated(step));
}

export function negated(delta: Value): Value {
  const step = delta ?? 1n;
  return isNumeric(step) ? -step : step;
}
