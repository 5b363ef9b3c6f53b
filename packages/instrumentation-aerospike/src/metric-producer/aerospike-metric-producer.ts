import { ValueType, type Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  type CollectionResult,
  type HistogramMetricData,
  type MetricProducer,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { expectOptions, optionError } from '../option-error';
import { isRising, RISING_SECONDS } from '../recording/boundaries';
import { DEFAULT_BOUNDARIES, DESCRIPTION, UNIT } from '../recording/duration-histogram';
import type { DurationRecorder, DurationSeries } from '../recording/recorder';
import { METRIC_DB_CLIENT_OPERATION_DURATION } from '../semconv';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';
import { PreaggregatedSeries } from './preaggregated-series';
import { resources } from './resources';
import { SeriesStorage } from './series-storage';

/** Options of {@link AerospikeMetricProducer}. */
export interface AerospikeMetricProducerOptions {
  /**
   * Upper bounds of the histogram's buckets in seconds, rising.
   * Default: 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, as the OpenTelemetry semantic conventions advise.
   */
  boundaries?: readonly number[];
  /**
   * How many attribute sets are kept apart. The last one is the overflow set, `otel.metric.overflow`, which takes all
   * further ones. Default: 2000, as in the SDK.
   */
  cardinalityLimit?: number;
  /** Name of the metric. Default: `db.client.operation.duration`; for Prometheus take {@link PROMETHEUS_NAME}. */
  name?: string;
  /**
   * Whether each collection gives what was recorded since the start, or since the collection before.
   * Default: `cumulative`, which Prometheus needs.
   */
  temporality?: keyof typeof TEMPORALITIES | AggregationTemporality;
}

const TEMPORALITIES = {
  cumulative: AggregationTemporality.CUMULATIVE,
  delta: AggregationTemporality.DELTA,
} as const;

/**
 * Adds durations up by itself, at a fraction of what a histogram of the SDK costs, and gives a metric reader of the SDK
 * the same metric as that histogram would. Give it to the instrumentation as its `metricProducer`, and to one reader as
 * one of its `metricProducers`.
 */
export class AerospikeMetricProducer implements MetricProducer, DurationRecorder {
  readonly isActive = true;
  private readonly storage: SeriesStorage;
  private readonly metric: Omit<HistogramMetricData, 'dataPoints'>;

  /** @throws TypeError when an option is wrong */
  constructor(options: AerospikeMetricProducerOptions = {}) {
    expectOptions(options);
    const {
      boundaries = DEFAULT_BOUNDARIES,
      cardinalityLimit = 2000,
      name = METRIC_DB_CLIENT_OPERATION_DURATION,
      temporality = 'cumulative',
    } = options;
    if (!isRising(boundaries)) throw optionError('boundaries', RISING_SECONDS, boundaries);
    if (!Number.isInteger(cardinalityLimit) || cardinalityLimit < 1) {
      throw optionError('cardinalityLimit', 'a whole number above 0', cardinalityLimit);
    }
    if (typeof name !== 'string' || name === '') {
      throw optionError('name', 'the name of a metric', name);
    }
    const aggregationTemporality = aggregationTemporalityOf(temporality);
    const isDelta = aggregationTemporality === AggregationTemporality.DELTA;
    this.storage = new SeriesStorage([...boundaries], cardinalityLimit, isDelta);
    this.metric = {
      descriptor: { name, description: DESCRIPTION, unit: UNIT, valueType: ValueType.DOUBLE },
      aggregationTemporality,
      dataPointType: DataPointType.HISTOGRAM,
    };
  }

  series(attributes: Attributes): DurationSeries {
    return new PreaggregatedSeries(this.storage, attributes);
  }

  /** Everything happens before it returns, so that calls at the same time do no harm. */
  collect(): Promise<CollectionResult> {
    const dataPoints = this.storage.collect();
    const scopeMetrics: ScopeMetrics[] = [];
    if (dataPoints.length > 0) {
      const scope = { name: PACKAGE_NAME, version: PACKAGE_VERSION };
      scopeMetrics.push({ scope, metrics: [{ ...this.metric, dataPoints }] });
    }
    // A reader takes the resource of its MeterProvider.
    const resource = resources.emptyResource();
    return Promise.resolve({ resourceMetrics: { resource, scopeMetrics }, errors: [] });
  }
}

function aggregationTemporalityOf(temporality: unknown): AggregationTemporality {
  const known = Object.entries(TEMPORALITIES).find(
    ([name, value]) => temporality === name || temporality === value,
  );
  if (known === undefined) {
    throw optionError(
      'temporality',
      "'cumulative', 'delta' or an AggregationTemporality",
      temporality,
    );
  }
  return known[1];
}
