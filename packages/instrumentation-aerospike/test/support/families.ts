import type { Attributes } from '@opentelemetry/api';
import type { Family, HistogramFamily } from '../../src/exposition/family';
import type { WriteOptions } from '../../src/exposition/write-options';
import { ExponentialBuckets } from '../../src/series/exponential-buckets';
import { indexOf } from '../../src/series/exponential-index';
import type { Exemplar, HistogramPoint } from '../../src/series/points';

export const WRITE_OPTIONS: WriteOptions = {
  prefix: '',
  constantLabels: [],
  hasScopeLabels: true,
  hasTimestamps: false,
};

export const SCOPE = { name: 'scope', version: '1.2.3' };

/** A histogram of seconds with the boundaries 0.001 and 1. */
export function histogram(points: Iterable<HistogramPoint>): HistogramFamily {
  return {
    name: 'operation_duration_seconds',
    description: 'Duration of operations.',
    unit: 's',
    type: 'histogram',
    scope: SCOPE,
    points,
  };
}

export interface Recorded {
  readonly attributes?: Attributes;
  readonly boundaries?: readonly number[];
  readonly exemplars?: HistogramPoint['exemplars'];
}

/** What a histogram holds after these values. */
export function pointOf(
  values: readonly number[],
  { attributes = {}, boundaries = [0.001, 1], exemplars }: Recorded = {},
): HistogramPoint {
  const counts = new Float64Array(boundaries.length + 1);
  const exponential = new ExponentialBuckets();
  for (const value of values) {
    const bucket = boundaries.findIndex(boundary => value <= boundary);
    const cell = bucket < 0 ? boundaries.length : bucket;
    counts[cell] = (counts[cell] ?? 0) + 1;
    exponential.record(indexOf(value));
  }
  return {
    attributes,
    boundaries,
    counts,
    offset: 0,
    count: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    min: Math.min(...values),
    max: Math.max(...values),
    exponential,
    exemplars,
  };
}

/** One operation of the 14 November 2023. */
export const EXEMPLAR: Exemplar = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  value: 0.0005,
  time: 1_700_000_000_123,
};

export const COUNTER: Family = {
  name: 'connections_opened',
  description: 'Connections\nthat were "opened" \\ all.',
  unit: '{connection}',
  type: 'counter',
  scope: SCOPE,
  points: [
    { attributes: { 'pool.name': 'a:1' }, value: 3 },
    { attributes: { 'pool.name': 'b\n"\\' }, value: 2 ** 53 },
  ],
};

export const GAUGE: Family = {
  name: 'temperature_celsius',
  description: '',
  unit: 'Cel',
  type: 'gauge',
  scope: { name: 'other' },
  points: [Infinity, -Infinity, NaN, -1.5].map((value, index) => ({
    attributes: { index },
    value,
  })),
};
