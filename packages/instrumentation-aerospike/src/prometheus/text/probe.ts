import { ValueType } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { resources } from '../../metric-producer/resources';

const ATTRIBUTES = Object.freeze({
  'a.b': 'x"\\\n\r\u2028',
  number: 1.5,
  list: ['y', 'z'],
  flag: false,
});
const HISTOGRAM = { count: 3, sum: 0.25, buckets: { boundaries: [0.5, 1e21], counts: [1, 0, 2] } };

/** Metrics of each kind, whose text shows whether the serializer writes data points as is assumed here. */
export const PROBE: ResourceMetrics = {
  resource: resources.resourceFromAttributes({ 'service.name': 'probe' }),
  scopeMetrics: ['first', 'second'].map(scope => ({
    scope: { name: scope, version: '1' },
    metrics: [
      {
        ...described(`${scope}.sum`),
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: [...points(Infinity), ...points(-Infinity), ...points(NaN)],
      },
      {
        ...described(`${scope}.gauge`),
        dataPointType: DataPointType.GAUGE,
        dataPoints: points(-0.5),
      },
      {
        ...described(`${scope}.histogram`),
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: [...points(HISTOGRAM), ...points({ ...HISTOGRAM, sum: undefined })],
      },
    ],
  })),
};

function described(name: string): Pick<MetricData, 'descriptor' | 'aggregationTemporality'> {
  return {
    descriptor: { name, description: 'A \\ \n', unit: 's', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
}

function points<Value>(value: Value): DataPoint<Value>[] {
  const startTime: [number, number] = [1, 0];
  const endTime: [number, number] = [1_700_000_000, 123_000_000];
  return [ATTRIBUTES, {}].map(attributes => ({ attributes, startTime, endTime, value }));
}
