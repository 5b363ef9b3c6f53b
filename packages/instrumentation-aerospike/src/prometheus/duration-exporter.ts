import { ValueType } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  DataPointType,
  type CollectionResult,
  type HistogramMetricData,
  type MetricCollectOptions,
} from '@opentelemetry/sdk-metrics';
import { DESCRIPTION, UNIT } from '../recording/duration-histogram';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';
import { PROMETHEUS_NAME } from './duration-view';

/** The metric as it is before the first operation. */
const EMPTY_METRIC: HistogramMetricData = {
  descriptor: {
    name: PROMETHEUS_NAME,
    description: DESCRIPTION,
    unit: UNIT,
    valueType: ValueType.DOUBLE,
  },
  dataPointType: DataPointType.HISTOGRAM,
  aggregationTemporality: AggregationTemporality.CUMULATIVE,
  dataPoints: [],
};

/**
 * The exporter of OpenTelemetry, without a server of its own. It names and describes this package's metric before the
 * first operation too, so that an empty answer can be told from a missing instrumentation.
 */
export class DurationExporter extends PrometheusExporter {
  constructor() {
    super({ preventServerStart: true });
  }

  override async collect(options?: MetricCollectOptions): Promise<CollectionResult> {
    const { resourceMetrics, errors } = await super.collect(options);
    const { resource, scopeMetrics } = resourceMetrics;
    if (scopeMetrics.some(({ scope }) => scope.name === PACKAGE_NAME)) {
      return { resourceMetrics, errors };
    }
    const scope = { name: PACKAGE_NAME, version: PACKAGE_VERSION };
    return {
      resourceMetrics: {
        resource,
        scopeMetrics: [...scopeMetrics, { scope, metrics: [EMPTY_METRIC] }],
      },
      errors,
    };
  }
}
