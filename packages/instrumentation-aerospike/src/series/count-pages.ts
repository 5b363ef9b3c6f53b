const PLACES_A_PAGE = 32;

/** Where the counts of one histogram's buckets stand, one after the other. */
export interface CountsPlace {
  /** Floats, which count exactly up to 2^53. */
  readonly page: Float64Array;
  readonly offset: number;
}

/** Hands out places for counts. Many share a typed array, which by itself takes more memory than a few counts do. */
export class CountPages {
  private page = new Float64Array();
  private nextOffset = 0;

  constructor(private readonly bucketCount: number) {}

  place(): CountsPlace {
    if (this.nextOffset === this.page.length) {
      this.page = new Float64Array(PLACES_A_PAGE * this.bucketCount);
      this.nextOffset = 0;
    }
    const offset = this.nextOffset;
    this.nextOffset += this.bucketCount;
    return { page: this.page, offset };
  }
}
