import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from '../instrumentation';
import { METRIC_DB_CLIENT_OPERATION_DURATION } from '../semconv';
import { DurationExporter } from './duration-exporter';
import { durationView } from './duration-view';

/** An instrumentation with an SDK of its own, for applications that have set up none. */
export class MetricsPipeline {
  readonly exporter = new DurationExporter();
  private readonly serializer = new PrometheusSerializer();

  constructor(readonly boundaries: readonly number[]) {
    const meterProvider = new MeterProvider({
      readers: [this.exporter],
      views: [durationView({ boundaries, name: METRIC_DB_CLIENT_OPERATION_DURATION })],
    });
    const instrumentation = new AerospikeInstrumentation({ enabled: false });
    instrumentation.setMeterProvider(meterProvider);
    instrumentation.enable();
  }

  /** The text that a scrape gets. */
  async text(): Promise<string> {
    const { resourceMetrics } = await this.exporter.collect();
    return this.serializer.serialize(resourceMetrics);
  }
}
