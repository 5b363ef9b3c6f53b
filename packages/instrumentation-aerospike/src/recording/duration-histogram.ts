import {
  createNoopMeter,
  ValueType,
  type Attributes,
  type Histogram,
  type Meter,
} from '@opentelemetry/api';
import { reportFault } from '../diagnostics';
import { METRIC_DB_CLIENT_OPERATION_DURATION } from '../semconv';
import type { DurationRecorder, DurationSeries, SpanScope } from './recorder';

/** Bucket boundaries in seconds that the semantic conventions advise for `db.client.operation.duration`. */
export const DEFAULT_BOUNDARIES: readonly number[] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

export const DESCRIPTION = 'Duration of database client operations.';
export const UNIT = 's';

/** The API gives out one and the same histogram for every instrument as long as no MeterProvider is registered. */
const NOOP_HISTOGRAM = createNoopMeter().createHistogram('noop');

/** Records into the `db.client.operation.duration` histogram of an OpenTelemetry meter. */
export class DurationHistogram implements DurationRecorder {
  readonly isActive: boolean;
  private readonly histogram: Histogram;

  constructor(meter: Meter) {
    this.histogram = createHistogram(meter);
    this.isActive = this.histogram !== NOOP_HISTOGRAM;
  }

  series(attributes: Attributes): DurationSeries {
    return new HistogramSeries(this.histogram, attributes);
  }
}

/** A meter that fails must not keep the application from starting: then nothing is measured. */
function createHistogram(meter: Meter): Histogram {
  try {
    return meter.createHistogram(METRIC_DB_CLIENT_OPERATION_DURATION, {
      description: DESCRIPTION,
      unit: UNIT,
      valueType: ValueType.DOUBLE,
      advice: { explicitBucketBoundaries: [...DEFAULT_BOUNDARIES] },
    });
  } catch (error) {
    reportFault('the histogram could not be created', error);
    return NOOP_HISTOGRAM;
  }
}

class HistogramSeries implements DurationSeries {
  constructor(
    private readonly histogram: Histogram,
    private readonly attributes: Attributes,
  ) {}

  record(seconds: number, span?: SpanScope): void {
    this.histogram.record(seconds, this.attributes, span?.context);
  }
}
