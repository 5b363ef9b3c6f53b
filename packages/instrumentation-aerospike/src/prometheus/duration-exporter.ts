import { ValueType } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  DataPointType,
  type CollectionResult,
  type HistogramMetricData,
  type MetricCollectOptions,
  type MetricData,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { PROMETHEUS_NAME } from '../metric-producer/prometheus-name';
import { DESCRIPTION, UNIT } from '../recording/duration-histogram';
import { METRIC_DB_CLIENT_OPERATION_DURATION } from '../semconv';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';

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

const NOTHING_MEASURED: ScopeMetrics = {
  scope: { name: PACKAGE_NAME, version: PACKAGE_VERSION },
  metrics: [EMPTY_METRIC],
};

/**
 * The Prometheus exporter of OpenTelemetry, without a server of its own. It gives this package's metric the name that
 * it has in Prometheus, so that other exporters of the same SDK keep that of OpenTelemetry; and it describes the
 * metric before the first operation too, so that an empty answer can be told from a missing instrumentation.
 */
export class DurationExporter extends PrometheusExporter {
  constructor() {
    super({ preventServerStart: true });
  }

  override async collect(options?: MetricCollectOptions): Promise<CollectionResult> {
    const { resourceMetrics, errors } = await super.collect(options);
    const { resource, scopeMetrics } = resourceMetrics;
    const isMeasured = scopeMetrics.some(isOurs);
    const renamed = scopeMetrics.map(scope =>
      isOurs(scope) ? { ...scope, metrics: scope.metrics.map(inPrometheus) } : scope,
    );
    return {
      resourceMetrics: {
        resource,
        scopeMetrics: isMeasured ? renamed : [...renamed, NOTHING_MEASURED],
      },
      errors,
    };
  }
}

function isOurs({ scope }: ScopeMetrics): boolean {
  return scope.name === PACKAGE_NAME;
}

function inPrometheus(metric: MetricData): MetricData {
  const { descriptor } = metric;
  if (descriptor.name !== METRIC_DB_CLIENT_OPERATION_DURATION) return metric;
  return { ...metric, descriptor: { ...descriptor, name: PROMETHEUS_NAME } };
}
