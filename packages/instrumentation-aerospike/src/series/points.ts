import type { Attributes } from '@opentelemetry/api';

/** What has been added up with one attribute set, for whoever writes it. It changes with the next recording. */
export interface HistogramPoint {
  /** Frozen, and the same object for as long as the series lives: what is made of it can be kept. */
  readonly attributes: Attributes;
  /** Upper bounds of the buckets, rising. All points of one histogram share the list. */
  readonly boundaries: readonly number[];
  /** How many values each bucket has, not cumulative: `boundaries.length + 1` of them, from {@link offset} on. */
  readonly counts: readonly number[] | Float64Array;
  readonly offset: number;
  readonly count: number;
  /** NaN if it can fall, as with values below 0; it is left out then. */
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Undefined where no exponential histogram is kept. */
  readonly exponential: ExponentialPoint | undefined;
  /** The last sampled operation of each bucket of {@link counts}. Undefined as long as there is none. */
  readonly exemplars: readonly (Exemplar | undefined)[] | undefined;
}

/**
 * The same values in buckets whose bounds are powers of `2 ** 2 ** -scale`.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 */
export interface ExponentialPoint {
  readonly scale: number;
  /** How many values were 0, or too small for any bucket. */
  readonly zeroCount: number;
  /** Index of the first bucket of {@link counts}: bucket `i` has the values in `(base ** i, base ** (i + 1)]`. */
  readonly firstIndex: number;
  /** How many values each bucket has. Buckets at both ends may be empty. */
  readonly counts: readonly number[] | Float64Array;
}

/** One operation among those that a bucket counts. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** What a counter or a gauge has with one attribute set. */
export interface NumberPoint {
  readonly attributes: Attributes;
  readonly value: number;
}
