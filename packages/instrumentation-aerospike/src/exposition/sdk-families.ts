import {
  DataPointType,
  type DataPoint,
  type ExponentialHistogram,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { log } from '../diagnostics';
import { atScale } from '../series/exponential-buckets';
import type { ExponentialPoint, HistogramPoint, NumberPoint } from '../series/points';
import type { Family, Scope } from './family';
import { labelName } from './labels';

/**
 * What a MeterProvider has collected, to be written for Prometheus. Names are those that OpenTelemetry's
 * PrometheusSerializer gives. Metrics of several scopes that have the same name follow one another; of those that
 * disagree about the type, only the first is kept, since others would make the scrape invalid.
 */
export function familiesOf({ scopeMetrics }: ResourceMetrics): Family[] {
  const byName = new Map<string, Family[]>();
  for (const { scope, metrics } of scopeMetrics) {
    for (const metric of metrics) {
      const family = familyOf(metric, scope);
      if (family === undefined) continue;
      const others = byName.get(family.name) ?? [];
      const type = others[0]?.type ?? family.type;
      if (type === family.type) byName.set(family.name, [...others, family]);
      else
        warnOnce(
          `${family.name} of ${scope.name} is left out: another scope has a ${type} of that name`,
        );
    }
  }
  return [...byName.values()].flat();
}

function familyOf(metric: MetricData, scope: Scope): Family | undefined {
  const { name, description, unit } = metric.descriptor;
  const familyName = familyNameOf(name);
  if (familyName === undefined) {
    warnOnce(`${JSON.stringify(name)} is left out: no name for Prometheus can be made of it`);
    return undefined;
  }
  const head = { name: familyName, description, unit, scope };
  switch (metric.dataPointType) {
    case DataPointType.SUM:
      return metric.isMonotonic
        ? {
            ...head,
            name: familyName.replace(/_total$/, ''),
            type: 'counter',
            points: metric.dataPoints.map(numberPoint),
          }
        : { ...head, type: 'gauge', points: metric.dataPoints.map(numberPoint) };
    case DataPointType.GAUGE:
      return { ...head, type: 'gauge', points: metric.dataPoints.map(numberPoint) };
    case DataPointType.HISTOGRAM:
      return { ...head, type: 'histogram', points: metric.dataPoints.map(histogramPoint) };
    case DataPointType.EXPONENTIAL_HISTOGRAM:
      return { ...head, type: 'histogram', points: metric.dataPoints.map(exponentialPoint) };
  }
}

const warned = new Set<string>();

/** Not with every scrape. */
function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  log('warn', message);
}

/** A name that Prometheus allows. Undefined where nothing is left of it. */
function familyNameOf(name: string): string | undefined {
  const sanitized = labelName(name);
  if (sanitized === '' || sanitized === '_') return undefined;
  return /^\d/.test(sanitized) ? `_${sanitized}` : sanitized;
}

function numberPoint({ attributes, value }: DataPoint<number>): NumberPoint {
  return { attributes, value };
}

function histogramPoint({ attributes, value }: DataPoint<Histogram>): HistogramPoint {
  const { count, sum = NaN, min = NaN, max = NaN, buckets } = value;
  const { boundaries, counts } = buckets;
  const recorded = { boundaries, counts, offset: 0, count, sum, min, max };
  return { attributes, ...recorded, exponential: undefined, exemplars: undefined };
}

/** Without boundaries all values are in the bucket that ends at infinity. */
function exponentialPoint({ attributes, value }: DataPoint<ExponentialHistogram>): HistogramPoint {
  const { count, sum = NaN, min = NaN, max = NaN } = value;
  const recorded = { boundaries: NO_BOUNDARIES, counts: [count], offset: 0, count, sum, min, max };
  return { attributes, ...recorded, exponential: nativeOf(value), exemplars: undefined };
}

const NO_BOUNDARIES: readonly number[] = [];

/** The scales that Prometheus has. */
const PROMETHEUS_MIN_SCALE = -4;
const PROMETHEUS_MAX_SCALE = 8;

/** Undefined for what cannot be written: a scale that is too coarse, and values below 0. */
function nativeOf({
  scale,
  zeroCount,
  positive,
  negative,
}: ExponentialHistogram): ExponentialPoint | undefined {
  if (scale < PROMETHEUS_MIN_SCALE || negative.bucketCounts.some(count => count > 0))
    return undefined;
  const { offset: firstIndex, bucketCounts: counts } = positive;
  const point = { scale, zeroCount, firstIndex, counts };
  return scale > PROMETHEUS_MAX_SCALE ? atScale(point, PROMETHEUS_MAX_SCALE) : point;
}
