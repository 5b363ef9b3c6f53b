import { ValueType, type HrTime } from '@opentelemetry/api';
import {
  DataPointType,
  type AggregationTemporality,
  type DataPoint,
  type ExponentialHistogram,
  type ExponentialHistogramMetricData,
  type Histogram,
  type HistogramMetricData,
} from '@opentelemetry/sdk-metrics';
import { hrTimeOf } from '../hr-time';
import { ExponentialBuckets, trimmed } from '../series/exponential-buckets';
import type { HistogramAccumulation } from '../series/histogram-accumulation';
import type { Metric } from '../series/metrics';

/** What a metric is, in the words of the SDK. */
export function descriptorOf(
  { description, unit, isWhole }: Metric,
  name: string,
): HistogramMetricData['descriptor'] {
  return { name, description, unit, valueType: isWhole ? ValueType.INT : ValueType.DOUBLE };
}

/** A histogram as the SDK would hand it to an exporter. @param time milliseconds since the epoch */
export function histogramData(
  metric: Metric,
  name: string,
  points: Iterable<HistogramAccumulation>,
  temporality: AggregationTemporality,
  time: number,
): HistogramMetricData {
  return {
    descriptor: descriptorOf(metric, name),
    aggregationTemporality: temporality,
    dataPointType: DataPointType.HISTOGRAM,
    dataPoints: Array.from(points, point => dataPoint(point, time)),
  };
}

/** The exponential histogram of a metric, with empty buckets at none of its ends. @param time as above */
export function exponentialHistogramData(
  metric: Metric,
  name: string,
  points: Iterable<HistogramAccumulation>,
  temporality: AggregationTemporality,
  time: number,
): ExponentialHistogramMetricData {
  return {
    descriptor: descriptorOf(metric, name),
    aggregationTemporality: temporality,
    dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM,
    dataPoints: Array.from(points, point => ({
      ...times(point, time),
      attributes: point.attributes,
      value: exponentialHistogram(point),
    })),
  };
}

function exponentialHistogram(point: HistogramAccumulation): ExponentialHistogram {
  const { count, sum, min, max, exponential = new ExponentialBuckets() } = point;
  const { scale, zeroCount, firstIndex: offset, counts } = trimmed(exponential);
  const positive = { offset, bucketCounts: Array.from(counts) };
  const negative = { offset: 0, bucketCounts: [] };
  return { count, sum, min, max, scale, zeroCount, positive, negative };
}

function times(
  { startTime }: HistogramAccumulation,
  time: number,
): { startTime: HrTime; endTime: HrTime } {
  return { startTime: hrTimeOf(startTime), endTime: hrTimeOf(time) };
}

function dataPoint(point: HistogramAccumulation, time: number): DataPoint<Histogram> {
  const { attributes, boundaries, count, sum, min, max, offset } = point;
  const counts = Array.from(point.counts.subarray(offset, offset + boundaries.length + 1));
  return {
    ...times(point, time),
    attributes,
    value: { min, max, sum, buckets: { boundaries: boundaries as number[], counts }, count },
  };
}
