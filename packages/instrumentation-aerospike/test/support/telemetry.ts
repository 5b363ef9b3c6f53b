import type { Attributes } from '@opentelemetry/api';
import {
  DataPointType,
  MeterProvider,
  type DataPoint,
  type Histogram,
  type HistogramMetricData,
  type MeterProviderOptions,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from '../../src';
import { METRICS } from '../../src/series/metrics';
import { ManualReader } from './manual-reader';

/** An instrumentation with an SDK of its own, read whenever a test asks. */
export class Telemetry {
  readonly instrumentation = new AerospikeInstrumentation({ enabled: false });
  private readonly reader = new ManualReader();
  readonly provider: MeterProvider;

  constructor(options: MeterProviderOptions = {}) {
    this.provider = new MeterProvider({ ...options, readers: [this.reader] });
    this.instrumentation.setMeterProvider(this.provider);
    this.instrumentation.enable();
  }

  /** Everything that was exported. */
  async scopes(): Promise<ScopeMetrics[]> {
    const { resourceMetrics, errors } = await this.reader.collect();
    if (errors.length > 0) throw new AggregateError(errors);
    return resourceMetrics.scopeMetrics;
  }

  /** The durations; undefined as long as nothing was measured. */
  async metric(): Promise<HistogramMetricData | undefined> {
    const metrics = (await this.scopes()).flatMap(scope => scope.metrics);
    const [metric, ...others] = metrics.filter(
      ({ descriptor }) => descriptor.name === METRICS.operationDuration.name,
    );
    if (others.length > 0) throw new Error('the durations are there more than once');
    if (metric !== undefined && metric.dataPointType !== DataPointType.HISTOGRAM) {
      throw new Error(`${metric.descriptor.name} is not a histogram`);
    }
    return metric;
  }

  async dataPoints(): Promise<DataPoint<Histogram>[]> {
    return (await this.metric())?.dataPoints ?? [];
  }

  /** Attributes and count of each data point, in the order in which they were first recorded. */
  async counts(): Promise<[Attributes, number][]> {
    return (await this.dataPoints()).map(({ attributes, value }) => [attributes, value.count]);
  }

  /** The attributes of each data point. */
  async attributes(): Promise<Attributes[]> {
    return (await this.dataPoints()).map(({ attributes }) => attributes);
  }

  async shutdown(): Promise<void> {
    this.instrumentation.disable();
    await this.provider.shutdown();
  }
}
