import { ValueType } from '@opentelemetry/api';
import {
  DataPointType,
  type AggregationTemporality,
  type DataPoint,
  type Histogram,
  type HistogramMetricData,
} from '@opentelemetry/sdk-metrics';
import { hrTimeOf } from '../hr-time';
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

function dataPoint(point: HistogramAccumulation, time: number): DataPoint<Histogram> {
  const { attributes, boundaries, startTime, count, sum, min, max, offset } = point;
  const counts = Array.from(point.counts.subarray(offset, offset + boundaries.length + 1));
  return {
    attributes,
    startTime: hrTimeOf(startTime),
    endTime: hrTimeOf(time),
    value: { min, max, sum, buckets: { boundaries: boundaries as number[], counts }, count },
  };
}
