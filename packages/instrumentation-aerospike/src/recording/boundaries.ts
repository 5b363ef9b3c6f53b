export const RISING_SECONDS =
  'a list of finite numbers of seconds, none below 0 and each above the one before';

/** Whether a value can be the boundaries of a histogram's buckets. */
export function isRising(boundaries: unknown): boundaries is readonly number[] {
  return (
    Array.isArray(boundaries) &&
    boundaries.every(
      (boundary: unknown, index) =>
        Number.isFinite(boundary) &&
        (index === 0
          ? (boundary as number) >= 0
          : (boundary as number) > (boundaries[index - 1] as number)),
    )
  );
}
