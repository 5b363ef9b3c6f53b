import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/**
 * An SDK for metrics, and how many durations have been recorded in it or in the producers of its reader.
 *
 * @param boundaries of all histograms, where they are not what their instrument advises
 */
export function metricsSdk({ metricProducers = [], boundaries } = {}) {
  const views = boundaries === undefined ? [] : [bucketView(boundaries)];
  const reader = new PrometheusExporter({ preventServerStart: true, metricProducers });
  const meterProvider = new MeterProvider({ readers: [reader], views });
  return {
    reader,
    meterProvider,
    async durations() {
      const { resourceMetrics } = await reader.collect();
      const metrics = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
      return metrics
        .flatMap(metric => metric.dataPoints)
        .reduce((sum, point) => sum + (point.value.count ?? 0), 0);
    },
  };
}

/** An SDK for spans, with a batch processor and an exporter that does nothing but count them. */
export function tracingSdk() {
  let exported = 0;
  const exporter = {
    export(spans, done) {
      exported += spans.length;
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
  const processor = new BatchSpanProcessor({ exporter });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return {
    tracerProvider: new TracerProvider({ spanProcessors: [processor] }),
    async spans() {
      await processor.forceFlush();
      return exported;
    },
  };
}

function bucketView(boundaries) {
  return {
    instrumentName: '*',
    aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries } },
  };
}
