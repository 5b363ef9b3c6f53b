import type { HrTime } from '@opentelemetry/api';

/*
 * The rest of a division is what is left after subtraction: `%` of numbers this large is a function of the C library, which
 * takes longer than all else here.
 */

/** Milliseconds are as exact as the SDK's own times. @param milliseconds since the epoch */
export function hrTimeOf(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, (milliseconds - seconds * 1000) * 1e6];
}

/** The time so many milliseconds later, to the nanosecond. */
export function hrTimeAfter([seconds, nanoseconds]: HrTime, milliseconds: number): HrTime {
  const sum = nanoseconds + Math.round(milliseconds * 1e6);
  const carried = Math.floor(sum / 1e9);
  return [seconds + carried, sum - carried * 1e9];
}
