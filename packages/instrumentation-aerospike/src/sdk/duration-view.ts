import {
  AggregationType,
  createAllowListAttributesProcessor,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { BOUNDARIES, checkOptions, listOfTexts, text, type Kinds } from '../option-kinds';
import { METRICS } from '../series/metrics';
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

const OPTIONS: Kinds<DurationViewOptions> = {
  boundaries: BOUNDARIES,
  name: text('the name of a metric'),
  attributeKeys: listOfTexts('a list of attribute names'),
};

/**
 * The view under which Prometheus shows the duration of operations as `db_client_operation_duration_seconds`. It selects
 * no other instrument. Give it to any MeterProvider whose metrics Prometheus scrapes, as one of its `views`.
 *
 * @throws TypeError when an option is wrong or unknown
 */
export function durationView(options: DurationViewOptions = {}): ViewOptions {
  checkOptions(options, OPTIONS);
  const { operationDuration } = METRICS;
  const {
    boundaries = operationDuration.boundaries,
    name = operationDuration.prometheusName,
    attributeKeys,
  } = options;
  return {
    meterName: PACKAGE_NAME,
    instrumentName: operationDuration.name,
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
