import type { IncomingMessage, ServerResponse } from 'node:http';
import { diag, ValueType } from '@opentelemetry/api';
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
import { MetricsText } from './text/metrics-text';

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
 * The Prometheus exporter of OpenTelemetry, without a server of its own. A scrape stalls the process for a fraction of
 * the time; and this package's metric is described before the first operation too, so that an empty answer can be told
 * from a missing instrumentation.
 */
export class DurationExporter extends PrometheusExporter {
  private readonly metricsText = new MetricsText();

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

  /** Answers a scrape. */
  override getMetricsRequestHandler(_request: IncomingMessage, response: ServerResponse): void {
    void this.answer(response);
  }

  /** The text that a scrape gets. */
  async text(): Promise<string> {
    const pieces: string[] = [];
    for await (const piece of await this.pieces()) pieces.push(piece);
    return pieces.join('');
  }

  private async answer(response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'text/plain');
    let pieces;
    try {
      pieces = await this.pieces();
    } catch (error) {
      diag.error(`${PACKAGE_NAME}: the metrics could not be collected`, error);
      response.writeHead(500).end(`# failed to export metrics: ${String(error)}`);
      return;
    }
    try {
      for await (const piece of pieces) {
        if (response.destroyed) throw new Error('the connection is closed');
        response.write(piece);
      }
      response.end();
    } catch (error) {
      diag.warn(`${PACKAGE_NAME}: a scrape could not be answered to its end`, error);
      response.destroy();
    }
  }

  private async pieces(): Promise<AsyncIterable<string>> {
    const { resourceMetrics, errors } = await this.collect();
    if (errors.length > 0) {
      diag.error(`${PACKAGE_NAME}: some metrics could not be collected`, ...errors);
    }
    return this.metricsText.write(resourceMetrics);
  }
}
