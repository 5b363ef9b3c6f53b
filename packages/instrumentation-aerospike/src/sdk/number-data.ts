import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type SumMetricData,
} from '@opentelemetry/sdk-metrics';
import { epochNow } from '../clock';
import { hrTimeOf } from '../hr-time';
import type { Metric } from '../series/metrics';
import type { NumberPoint } from '../series/points';
import { descriptorOf } from './metric-data';

/** What was handed over last of a counter's point. */
interface HandedOver {
  readonly value: number;
  readonly time: number;
}

/** Counters and gauges as the SDK would hand them to an exporter. */
export class NumberData {
  private readonly startTime = epochNow();
  private readonly handedOver = new Map<Metric, Map<Attributes, HandedOver>>();

  /** @param temporality of counters. A gauge is always what it is. */
  constructor(private readonly temporality: AggregationTemporality) {}

  /** @param time milliseconds since the epoch */
  of(metric: Metric, name: string, points: readonly NumberPoint[], time: number): SumMetricData {
    const isMonotonic = metric.kind !== 'observableUpDownCounter';
    const isDelta = isMonotonic && this.temporality === AggregationTemporality.DELTA;
    return {
      descriptor: descriptorOf(metric, name),
      aggregationTemporality: isDelta ? this.temporality : AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.SUM,
      isMonotonic,
      dataPoints: points.map(point => {
        const before = isDelta ? this.replace(metric, point, time) : undefined;
        return dataPoint(point, before ?? { value: 0, time: this.startTime }, time);
      }),
    };
  }

  private replace(
    metric: Metric,
    { attributes, value }: NumberPoint,
    time: number,
  ): HandedOver | undefined {
    let ofMetric = this.handedOver.get(metric);
    if (ofMetric === undefined) {
      ofMetric = new Map<Attributes, HandedOver>();
      this.handedOver.set(metric, ofMetric);
    }
    const before = ofMetric.get(attributes);
    ofMetric.set(attributes, { value, time });
    return before;
  }
}

function dataPoint(
  { attributes, value }: NumberPoint,
  since: HandedOver,
  time: number,
): DataPoint<number> {
  return {
    attributes,
    startTime: hrTimeOf(since.time),
    endTime: hrTimeOf(time),
    value: value - since.value,
  };
}
