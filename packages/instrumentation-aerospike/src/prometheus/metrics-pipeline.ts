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
  private readonly instrumentation = new AerospikeInstrumentation({ enabled: false });
  private readonly meterProvider: MeterProvider;

  constructor(readonly boundaries: readonly number[]) {
    this.meterProvider = new MeterProvider({
      readers: [this.exporter],
      views: [durationView({ boundaries, name: METRIC_DB_CLIENT_OPERATION_DURATION })],
    });
    this.instrumentation.setMeterProvider(this.meterProvider);
    this.instrumentation.enable();
  }

  /** The text that a scrape gets. */
  async text(): Promise<string> {
    const { resourceMetrics } = await this.exporter.collect();
    return this.serializer.serialize(resourceMetrics);
  }

  async shutdown(): Promise<void> {
    this.instrumentation.disable();
    await this.meterProvider.shutdown();
  }
}
