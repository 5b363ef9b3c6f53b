import assert from 'node:assert/strict';
import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  MeterProvider,
  type HistogramMetricData,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { AerospikeMetricProducer } from '../../src/sdk';
import { durationView } from '../../src/prometheus';
import { MeterRecorder } from '../../src/series/meter-recorder';
import { METRICS } from '../../src/series/metrics';
import { ManualReader } from './manual-reader';

export interface SideBySideOptions {
  readonly boundaries?: readonly number[];
  readonly cardinalityLimit?: number;
  readonly name?: string;
  readonly temporality?: AggregationTemporality;
}

/** The SDK's histogram and our producer, both with the same options, to which the same durations are given. */
export class SideBySide {
  private readonly histogram: MeterRecorder;
  private readonly producer: AerospikeMetricProducer;
  private readonly sdkReader: ManualReader;
  private readonly producerReader: ManualReader;

  constructor(options: SideBySideOptions = {}) {
    const { cardinalityLimit, temporality = AggregationTemporality.CUMULATIVE, ...view } = options;
    this.sdkReader = new ManualReader({ aggregationTemporalitySelector: () => temporality });
    const sdk = new MeterProvider({
      readers: [this.sdkReader],
      views: [
        {
          ...durationView({ name: 'db.client.operation.duration', ...view }),
          ...(cardinalityLimit && { aggregationCardinalityLimit: cardinalityLimit }),
        },
      ],
    });
    this.histogram = new MeterRecorder(() => sdk);
    assert.ok(this.histogram.refresh());
    this.producer = new AerospikeMetricProducer(options);
    this.producerReader = new ManualReader({ metricProducers: [this.producer] });
    new MeterProvider({ readers: [this.producerReader] });
  }

  /** A function that records into the series of these attributes, which both sides keep. */
  series(attributes: Attributes): (seconds: number) => void {
    const both = [this.histogram, this.producer].map(recorder =>
      recorder.series(METRICS.operationDuration, attributes),
    );
    return seconds => {
      for (const series of both) series.record(seconds);
    };
  }

  record(seconds: number, attributes: Attributes): void {
    this.series(attributes)(seconds);
  }

  /** Both sides give the same now; and what that is. */
  async assertSame(): Promise<HistogramMetricData | undefined> {
    const expected = await metricsOf(this.sdkReader);
    const actual = await metricsOf(this.producerReader);
    assert.deepEqual(actual.map(comparable), expected.map(comparable));
    return actual[0]?.metrics[0] as HistogramMetricData | undefined;
  }
}

async function metricsOf(reader: ManualReader): Promise<ScopeMetrics[]> {
  const { resourceMetrics, errors } = await reader.collect();
  assert.deepEqual(errors, []);
  return resourceMetrics.scopeMetrics;
}

/** All that the types of the SDK promise; its objects have more. */
function comparable({ scope, metrics }: ScopeMetrics) {
  return {
    scope: { name: scope.name, version: scope.version, schemaUrl: scope.schemaUrl },
    metrics: metrics.map(({ descriptor, ...metric }) => ({
      ...metric,
      descriptor: {
        name: descriptor.name,
        description: descriptor.description,
        unit: descriptor.unit,
        valueType: descriptor.valueType,
      },
    })),
  };
}
