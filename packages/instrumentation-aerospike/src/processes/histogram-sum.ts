import type { Attributes } from '@opentelemetry/api';
import type { Exemplar, HistogramPoint } from '../series/points';
import { ExponentialSum } from './exponential-sum';
import type { KeptPoint } from './kept-point';
import type { PointReport } from './report';

/** The sum of one series over several processes, of which some may have ended. It never falls. */
export class HistogramSum implements HistogramPoint {
  readonly counts: Float64Array;
  readonly offset = 0;
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  exponential: ExponentialSum | undefined;
  exemplars: (Exemplar | undefined)[] | undefined;

  constructor(
    readonly attributes: Attributes,
    readonly boundaries: readonly number[],
  ) {
    this.counts = new Float64Array(boundaries.length + 1);
  }

  /** Adds what has come to be between two reports of one process. */
  add(before: KeptPoint | undefined, after: PointReport): void {
    for (let bucket = 0; bucket < after.counts.length; bucket++) {
      const added = (after.counts[bucket] ?? 0) - (before?.counts[bucket] ?? 0);
      this.counts[bucket] = (this.counts[bucket] ?? 0) + added;
    }
    this.count += after.count - (before?.count ?? 0);
    this.sum += after.sum - (before?.sum ?? 0);
    this.min = Math.min(this.min, after.min);
    this.max = Math.max(this.max, after.max);
    if (after.exponential !== undefined) {
      this.exponential ??= new ExponentialSum(after.exponential.scale);
      this.exponential.add(before?.exponential, after.exponential);
    }
    for (const [bucket, exemplar] of after.exemplars ?? []) {
      this.exemplars ??= Array.from(this.counts, () => undefined);
      if ((this.exemplars[bucket]?.time ?? 0) <= exemplar.time) this.exemplars[bucket] = exemplar;
    }
  }
}
