import type { Attributes, Context } from '@opentelemetry/api';

/** Where the durations of operations go. */
export interface DurationRecorder {
  /** Whether a recorded duration goes anywhere: false as long as no MeterProvider is registered. */
  readonly isActive: boolean;
  /** The series of one attribute set. Asked for again with equal attributes, it goes on where it was. */
  series(attributes: Attributes): DurationSeries;
}

/** The durations of one attribute set. */
export interface DurationSeries {
  /** @param context of the operation's span, for recorders that keep exemplars */
  record(seconds: number, context?: Context): void;
}
