import type { Attributes } from '@opentelemetry/api';
import type { Exemplar } from '../series/points';

/**
 * What a process tells of its metrics: values since it started, so that one that comes twice does no harm. It goes from
 * process to process as JSON.
 */
export interface ProcessReport {
  readonly histograms: readonly HistogramReport[];
  /** Everything there is, or undefined where the clients have not been read. */
  readonly numbers?: readonly NumbersReport[] | undefined;
}

export interface HistogramReport {
  /** Name in OpenTelemetry. */
  readonly metric: string;
  readonly boundaries: readonly number[];
  readonly points: readonly PointReport[];
}

export interface PointReport {
  /** Of the series among those of the metric in the process. */
  readonly id: number;
  /** Told once. */
  readonly attributes?: Attributes | undefined;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
  readonly exponential?: ExponentialReport | undefined;
  /** By the index of the bucket. */
  readonly exemplars?: readonly (readonly [bucket: number, exemplar: Exemplar])[] | undefined;
}

export interface ExponentialReport {
  readonly scale: number;
  readonly zeroCount: number;
  readonly firstIndex: number;
  readonly counts: readonly number[];
}

export interface NumbersReport {
  /** Name in OpenTelemetry. */
  readonly metric: string;
  readonly points: readonly (readonly [attributes: Attributes, value: number])[];
}
