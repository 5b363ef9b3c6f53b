import type { HistogramPoint, NumberPoint } from '../series/points';

/** A metric with its points, as each format for Prometheus writes it. */
export type Family = HistogramFamily | NumberFamily;

interface FamilyHead {
  /** As it is written: a counter's without `_total`, which each format adds where it belongs. */
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly scope: Scope;
}

export interface HistogramFamily extends FamilyHead {
  readonly type: 'histogram';
  readonly points: Iterable<HistogramPoint>;
}

export interface NumberFamily extends FamilyHead {
  readonly type: 'counter' | 'gauge';
  readonly points: Iterable<NumberPoint>;
}

/** The instrumentation scope that has recorded a metric. */
export interface Scope {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
}
