import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from '../instrumentation';
import { AerospikeMetricProducer } from '../metric-producer/aerospike-metric-producer';
import { PROMETHEUS_NAME } from '../metric-producer/prometheus-name';
import { DurationExporter } from './duration-exporter';

/** An instrumentation with an SDK of its own, for applications that have set up none. */
export class MetricsPipeline {
  readonly exporter: DurationExporter;
  private readonly instrumentation: AerospikeInstrumentation;
  private readonly meterProvider: MeterProvider;

  constructor(readonly boundaries: readonly number[]) {
    const metricProducer = new AerospikeMetricProducer({ boundaries, name: PROMETHEUS_NAME });
    this.exporter = new DurationExporter(metricProducer);
    this.meterProvider = new MeterProvider({ readers: [this.exporter] });
    // Spans are for an instrumentation that is registered: beside this one there may be one.
    this.instrumentation = new SeparateInstrumentation({ tracing: false, metricProducer });
  }

  /** The text that a scrape gets. */
  text(): Promise<string> {
    return this.exporter.text();
  }

  async shutdown(): Promise<void> {
    this.instrumentation.disable();
    await this.meterProvider.shutdown();
  }
}

class SeparateInstrumentation extends AerospikeInstrumentation {
  protected override isSeparate(): boolean {
    return true;
  }
}
