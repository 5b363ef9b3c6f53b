import { isRecord } from './is-record';
import type { HistogramReport, PointReport, ProcessReport } from './report';

/** Whether something that came from another process is a report that can be added up. */
export function isReport(value: unknown): value is ProcessReport {
  return (
    isRecord(value) &&
    isListOf(value.histograms, isHistogram) &&
    isOptional(value.numbers, numbers => isListOf(numbers, isNumbers))
  );
}

function isHistogram(value: unknown): value is HistogramReport {
  if (!isRecord(value) || typeof value.metric !== 'string') return false;
  const { boundaries } = value;
  if (!isListOf(boundaries, Number.isFinite)) return false;
  return isListOf(value.points, point => isPoint(point, boundaries.length + 1));
}

function isPoint(value: unknown, buckets: number): value is PointReport {
  return (
    isRecord(value) &&
    isCount(value.id) &&
    isOptional(value.attributes, isAttributes) &&
    [value.count, value.sum, value.min, value.max].every(Number.isFinite) &&
    isListOf(value.counts, isCount) &&
    value.counts.length === buckets &&
    isOptional(value.exponential, isExponential) &&
    isOptional(value.exemplars, all => isListOf(all, each => isExemplar(each, buckets)))
  );
}

function isExponential(value: unknown): boolean {
  return (
    isRecord(value) &&
    [value.scale, value.firstIndex].every(Number.isInteger) &&
    // The finest that Prometheus has.
    Math.abs(value.scale as number) <= 8 &&
    // At that scale the largest and the smallest number there is are nearer to 0.
    Math.abs(value.firstIndex as number) < 2 ** 20 &&
    isCount(value.zeroCount) &&
    isListOf(value.counts, isCount)
  );
}

function isExemplar(value: unknown, buckets: number): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [bucket, exemplar] = value as unknown[];
  return (
    isCount(bucket) &&
    bucket < buckets &&
    isRecord(exemplar) &&
    /^[0-9a-f]{32}$/.test(String(exemplar.traceId)) &&
    /^[0-9a-f]{16}$/.test(String(exemplar.spanId)) &&
    [exemplar.value, exemplar.time].every(Number.isFinite)
  );
}

function isNumbers(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.metric === 'string' &&
    isListOf(
      value.points,
      point =>
        Array.isArray(point) &&
        point.length === 2 &&
        isAttributes(point[0]) &&
        Number.isFinite(point[1]),
    )
  );
}

function isAttributes(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(each => ['string', 'number', 'boolean'].includes(typeof each))
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isListOf(value: unknown, is: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(is);
}

function isOptional(value: unknown, is: (present: unknown) => boolean): boolean {
  return value === undefined || is(value);
}
