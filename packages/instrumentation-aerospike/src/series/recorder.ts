import type { Attributes, Context, SpanContext } from '@opentelemetry/api';
import type { HistogramMetric, Metric } from './metrics';
import type { Read } from './observed';

/** Where the values of metrics go. */
export interface Recorder {
  /**
   * Looks where values go by now: another MeterProvider may have been registered.
   *
   * @returns whether that is anywhere: false as long as no MeterProvider is registered
   */
  refresh(): boolean;
  /** What the values end in: two recorders with the same destination would record everything twice. */
  readonly destination: object;
  /** The series of one attribute set. Asked for again with equal attributes, it goes on where it was. */
  series(metric: HistogramMetric, attributes: Attributes): Series;
  /** Has metrics read whenever somebody collects. Returns what ends that. */
  observe(metrics: readonly Metric[], read: Read): () => void;
}

/** The values of one metric with one attribute set. */
export interface Series {
  /**
   * Adds one value.
   *
   * @param value in the metric's unit
   * @param span of the operation, for recorders that keep exemplars
   */
  record(value: number, span?: SpanScope): void;
}

/** The span of the operation that a value is recorded of. */
export interface SpanScope {
  /** What an exemplar has of the span: its trace id and its own. */
  readonly spanContext: SpanContext;
  /** In which the span is the active one. Made when it is first asked for: most recorders have no use for it. */
  readonly context: Context;
}
