import {
  AggregationType,
  createAllowListAttributesProcessor,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { PROMETHEUS_NAME } from '../metric-producer/prometheus-name';
import { expectOptions, optionError } from '../option-error';
import { isRising, RISING_SECONDS } from '../recording/boundaries';
import { DEFAULT_BOUNDARIES } from '../recording/duration-histogram';
import { METRIC_DB_CLIENT_OPERATION_DURATION } from '../semconv';
import { PACKAGE_NAME } from '../version';

/** Options of {@link durationView}. */
export interface DurationViewOptions {
  /**
   * Upper bounds of the histogram's buckets in seconds, rising.
   * Default: 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, as the OpenTelemetry semantic conventions advise.
   */
  boundaries?: readonly number[];
  /** Name of the metric. Default: `db_client_operation_duration_seconds`. */
  name?: string;
  /** The attributes to keep, such as `db.operation.name`. Default: all of them. */
  attributeKeys?: readonly string[];
}

/**
 * The view under which Prometheus shows this package's histogram as `db_client_operation_duration_seconds`. It selects
 * no other instrument. Give it to any MeterProvider whose metrics Prometheus scrapes, as one of its `views`.
 *
 * @throws TypeError when an option is wrong
 */
export function durationView(options: DurationViewOptions = {}): ViewOptions {
  expectOptions(options);
  const { boundaries = DEFAULT_BOUNDARIES, name = PROMETHEUS_NAME, attributeKeys } = options;
  if (!isRising(boundaries)) throw optionError('boundaries', RISING_SECONDS, boundaries);
  if (typeof name !== 'string' || name === '') {
    throw optionError('name', 'the name of a metric', name);
  }
  if (attributeKeys !== undefined && !isListOfText(attributeKeys)) {
    throw optionError('attributeKeys', 'a list of attribute names', attributeKeys);
  }
  return {
    meterName: PACKAGE_NAME,
    instrumentName: METRIC_DB_CLIENT_OPERATION_DURATION,
    name,
    aggregation: {
      type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
      options: { boundaries: [...boundaries] },
    },
    ...(attributeKeys && {
      attributesProcessors: [createAllowListAttributesProcessor([...attributeKeys])],
    }),
  };
}

function isListOfText(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
