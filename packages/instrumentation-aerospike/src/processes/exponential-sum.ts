import type { ExponentialPoint } from '../series/points';
import type { ExponentialReport } from './report';

/** Adds up exponential histograms. One with wider buckets widens those of the sum. */
export class ExponentialSum implements ExponentialPoint {
  zeroCount = 0;
  firstIndex = 0;
  counts: number[] = [];

  constructor(public scale: number) {}

  /** Adds what has come to be between two reports of one series. */
  add(before: ExponentialReport | undefined, after: ExponentialReport): void {
    if (after.scale < this.scale) this.widen(after.scale);
    this.addTimes(1, after);
    if (before !== undefined) this.addTimes(-1, before);
  }

  private addTimes(factor: 1 | -1, report: ExponentialReport): void {
    const { scale, zeroCount, firstIndex, counts } = report;
    this.zeroCount += factor * zeroCount;
    if (counts.length === 0) return;
    const shift = scale - this.scale;
    this.cover(firstIndex >> shift, (firstIndex + counts.length - 1) >> shift);
    for (let position = 0; position < counts.length; position++) {
      const index = ((firstIndex + position) >> shift) - this.firstIndex;
      this.counts[index] = (this.counts[index] ?? 0) + factor * (counts[position] ?? 0);
    }
  }

  /** Makes room for the buckets from one index to another. */
  private cover(first: number, last: number): void {
    if (this.counts.length === 0) this.firstIndex = first;
    while (this.firstIndex > first) {
      this.counts.unshift(0);
      this.firstIndex--;
    }
    while (this.firstIndex + this.counts.length <= last) this.counts.push(0);
  }

  private widen(scale: number): void {
    const { zeroCount, firstIndex, counts } = this;
    const finer: ExponentialReport = { scale: this.scale, zeroCount, firstIndex, counts };
    this.scale = scale;
    this.zeroCount = 0;
    this.counts = [];
    this.addTimes(1, finer);
  }
}
