import { ValueType } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  DataPointType,
  type CollectionResult,
  type MetricCollectOptions,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import type { AerospikeMetricProducer } from '../metric-producer/aerospike-metric-producer';
import { PROMETHEUS_NAME } from '../metric-producer/prometheus-name';
import { DESCRIPTION, UNIT } from '../recording/duration-histogram';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';

/** The metric as it is before the first operation. */
const NOTHING_MEASURED: ScopeMetrics = {
  scope: { name: PACKAGE_NAME, version: PACKAGE_VERSION },
  metrics: [
    {
      descriptor: {
        name: PROMETHEUS_NAME,
        description: DESCRIPTION,
        unit: UNIT,
        valueType: ValueType.DOUBLE,
      },
      dataPointType: DataPointType.HISTOGRAM,
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPoints: [],
    },
  ],
};

/**
 * The Prometheus exporter of OpenTelemetry, without a server of its own. It describes this package's metric before the
 * first operation too, so that an empty answer can be told from a missing instrumentation.
 */
export class DurationExporter extends PrometheusExporter {
  /** @param metricProducer of this package's metric, under its name in Prometheus */
  constructor(metricProducer: AerospikeMetricProducer) {
    super({ preventServerStart: true, metricProducers: [metricProducer] });
  }

  override async collect(options?: MetricCollectOptions): Promise<CollectionResult> {
    const result = await super.collect(options);
    const { scopeMetrics } = result.resourceMetrics;
    const isMeasured = scopeMetrics.some(({ scope }) => scope.name === PACKAGE_NAME);
    if (!isMeasured) scopeMetrics.push(NOTHING_MEASURED);
    return result;
  }
}
