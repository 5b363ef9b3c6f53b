import { indexOf, ZERO_INDEX } from './exponential-index';

/**
 * Finds the bucket between boundaries that a value lies in. The exponential bucket of the value, which is known by then,
 * leaves few boundaries to compare with, whereas the processor would guess wrong at some step of a search from below.
 */
export class BoundarySearch {
  private readonly upperBounds: Float64Array;
  /** Index of the exponential bucket that the first boundary above 0 lies in. */
  private readonly lowestIndex: number;
  /** For each exponential bucket from that one on, how many boundaries are below all of its values. */
  private readonly below: Uint32Array;

  /** @param boundaries upper bounds of the buckets, rising */
  constructor(readonly boundaries: readonly number[]) {
    this.upperBounds = Float64Array.from(boundaries);
    const indexes = boundaries.map(indexOf);
    const lowest = indexes.find(index => index !== ZERO_INDEX) ?? 0;
    const highest = Math.max(lowest, indexes.at(-1) ?? lowest);
    this.lowestIndex = lowest;
    // One more, for all values above the last boundary's exponential bucket.
    this.below = Uint32Array.from(
      { length: highest - lowest + 2 },
      (_, cell) => indexes.filter(index => index < lowest + cell).length,
    );
  }

  /**
   * @param index of {@link indexOf} the value
   * @returns the place of the bucket: after the last boundary it is their number
   */
  bucketOf(value: number, index: number): number {
    const { upperBounds, below } = this;
    const cell = index - this.lowestIndex;
    let bucket = cell <= 0 ? 0 : (below[Math.min(cell, below.length - 1)] ?? 0);
    while (bucket < upperBounds.length && value > (upperBounds[bucket] ?? 0)) bucket++;
    return bucket;
  }
}
