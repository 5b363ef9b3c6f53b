import type { Attributes, Context } from '@opentelemetry/api';

/** Where the durations of operations go. */
export interface DurationRecorder {
  /** Whether a recorded duration goes anywhere: false as long as no MeterProvider is registered. */
  readonly isActive: boolean;
  /** The series of one attribute set. Asked for again with equal attributes, it goes on where it was. */
  series(attributes: Attributes): DurationSeries;
}

/** The span of the operation whose duration is recorded. */
export interface SpanScope {
  /** In which the span is the active one. Made when it is first asked for: most recorders have no use for it. */
  readonly context: Context;
}

/** The durations of one attribute set. */
export interface DurationSeries {
  /** @param span of the operation, whose context is for recorders that keep exemplars */
  record(seconds: number, span?: SpanScope): void;
}
