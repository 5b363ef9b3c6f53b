/** The same numbers in every run: from 0, inclusive, to 1, exclusive (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Seconds. Some sets of them are narrow, some wide, and some have zeros. */
export function durations(random: () => number, length: number): number[] {
  const octaves = random() * 40;
  const zeros = random() < 0.5 ? 0 : 0.1;
  return Array.from({ length }, () =>
    random() < zeros ? 0 : 0.0002 * 2 ** ((random() - 0.5) * octaves),
  );
}
