/** The factors between powers of ten that ticks stand at. */
const NICE = [1, 2, 5, 10];

/** Ticks from 0 on, at round values, of which the last is not less than the greatest value. */
export function linearTicks(greatest: number, count: number): number[] {
  if (!(greatest > 0)) return [0, 1];
  const step = niceStep(greatest / count);
  const ticks = [0];
  // The last digits of a sum of floating-point numbers are left out.
  while ((ticks.at(-1) ?? 0) < greatest) ticks.push(Number((ticks.length * step).toPrecision(12)));
  return ticks;
}

/** The powers of ten between two values. */
export function decades(least: number, greatest: number): number[] {
  const first = Math.ceil(Math.log10(least));
  const last = Math.floor(Math.log10(greatest));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(`1e${first + index}`),
  );
}

function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (NICE.find(factor => factor * power >= least) ?? 10);
}
