/*
 * The clocks that ran when this package was loaded: what a test of the application's puts in their place later, such as
 * fake timers, must not decide about durations.
 */

const { performance } = globalThis;
const performanceNow = performance.now.bind(performance);
const dateNow = Date.now.bind(Date);

/** Milliseconds on a clock that never goes back. */
export const monotonicNow: () => number = performanceNow;

/** Milliseconds since the epoch. */
export const epochNow: () => number = dateNow;
