import type { HrTime } from '@opentelemetry/api';

/** Milliseconds are as exact as the SDK's own times. */
export function hrTimeOf(milliseconds: number): HrTime {
  return [Math.trunc(milliseconds / 1000), (milliseconds % 1000) * 1e6];
}

/** The time so many milliseconds later, to the nanosecond. */
export function hrTimeAfter([seconds, nanoseconds]: HrTime, milliseconds: number): HrTime {
  const sum = nanoseconds + Math.round(milliseconds * 1e6);
  return [seconds + Math.trunc(sum / 1e9), sum % 1e9];
}
