import type { ExponentialPoint } from '../series/points';
import type { ExponentialReport } from './report';

/** Adds up exponential histograms. One with wider buckets widens those of the sum. */
export class ExponentialSum implements ExponentialPoint {
  scale: number;
  zeroCount = 0;
  private buckets = new Map<number, number>();
  private dense: { readonly firstIndex: number; readonly counts: readonly number[] } | undefined;

  constructor(scale: number) {
    this.scale = scale;
  }

  get firstIndex(): number {
    return this.toDense().firstIndex;
  }

  get counts(): readonly number[] {
    return this.toDense().counts;
  }

  /** Adds what has come to be between two reports of one series. */
  add(before: ExponentialReport | undefined, after: ExponentialReport): void {
    if (after.scale < this.scale) this.widen(after.scale);
    this.addTimes(1, after);
    if (before !== undefined) this.addTimes(-1, before);
    this.dense = undefined;
  }

  private addTimes(
    factor: 1 | -1,
    { scale, zeroCount, firstIndex, counts }: ExponentialReport,
  ): void {
    this.zeroCount += factor * zeroCount;
    const shift = scale - this.scale;
    for (const [position, count] of counts.entries()) {
      if (count === 0) continue;
      const index = (firstIndex + position) >> shift;
      this.buckets.set(index, (this.buckets.get(index) ?? 0) + factor * count);
    }
  }

  private widen(scale: number): void {
    const shift = this.scale - scale;
    const wider = new Map<number, number>();
    for (const [index, count] of this.buckets) {
      wider.set(index >> shift, (wider.get(index >> shift) ?? 0) + count);
    }
    this.buckets = wider;
    this.scale = scale;
  }

  private toDense(): NonNullable<typeof this.dense> {
    if (this.dense === undefined) {
      const indexes = [...this.buckets].flatMap(([index, count]) => (count > 0 ? [index] : []));
      const firstIndex = indexes.length === 0 ? 0 : Math.min(...indexes);
      const length = indexes.length === 0 ? 0 : Math.max(...indexes) - firstIndex + 1;
      const counts = Array.from({ length }, (_, at) => this.buckets.get(firstIndex + at) ?? 0);
      this.dense = { firstIndex, counts };
    }
    return this.dense;
  }
}
