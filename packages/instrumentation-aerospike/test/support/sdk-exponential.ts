import assert from 'node:assert/strict';
import {
  AggregationType,
  DataPointType,
  MeterProvider,
  type ExponentialHistogram,
} from '@opentelemetry/sdk-metrics';
import { ManualReader } from './manual-reader';

/** What OpenTelemetry's SDK makes of the values with its exponential aggregation. */
export async function sdkExponentialHistogram(
  values: readonly number[],
): Promise<ExponentialHistogram> {
  const reader = new ManualReader();
  const provider = new MeterProvider({
    readers: [reader],
    views: [
      { instrumentName: 'values', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ],
  });
  const histogram = provider.getMeter('test').createHistogram('values');
  for (const value of values) histogram.record(value);
  const { resourceMetrics } = await reader.collect();
  await provider.shutdown();
  const metric = resourceMetrics.scopeMetrics[0]?.metrics[0];
  assert(metric?.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM);
  const [point] = metric.dataPoints;
  assert(point);
  return point.value;
}
