/** The next float above one that is above 0. */
export function nextAbove(value: number): number {
  return stepped(value, 1n);
}

/** The next float below one that is above 0. */
export function nextBelow(value: number): number {
  return stepped(value, -1n);
}

function stepped(value: number, steps: bigint): number {
  const float = new Float64Array([value]);
  const bits = new BigUint64Array(float.buffer);
  bits[0] = (bits[0] ?? 0n) + steps;
  return float[0] ?? NaN;
}
