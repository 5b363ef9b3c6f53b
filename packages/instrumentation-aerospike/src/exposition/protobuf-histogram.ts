import { ZERO_THRESHOLD } from '../series/exponential-index';
import type { Exemplar, ExponentialPoint, HistogramPoint } from '../series/points';
import type { WireWriter } from './wire-writer';

/** Numbers of the fields of `io.prometheus.client`'s messages. */
const HISTOGRAM = {
  sampleCount: 1,
  sampleSum: 2,
  bucket: 3,
  schema: 5,
  zeroThreshold: 6,
  zeroCount: 7,
  positiveSpan: 12,
  positiveDelta: 13,
} as const;
const BUCKET = { cumulativeCount: 1, upperBound: 2, exemplar: 3 } as const;
const BUCKET_SPAN = { offset: 1, length: 2 } as const;
const EXEMPLAR = { value: 2, timestamp: 3 } as const;
const TIMESTAMP = { seconds: 1, nanos: 2 } as const;

/** The fields of an exemplar's label up to the id, whose length is always the same. */
const BEFORE_TRACE_ID = Buffer.from('\x0a\x2c\x0a\x08trace_id\x12\x20', 'latin1');
const BEFORE_SPAN_ID = Buffer.from('\x0a\x1b\x0a\x07span_id\x12\x10', 'latin1');
const TRACE_ID_LENGTH = 32;
const SPAN_ID_LENGTH = 16;

/** As many empty buckets between two others take no more room than a new span does. */
const MAX_GAP = 2;
/** In bytes: the most that a field with a number takes. */
const NUMBER_LENGTH = 11;
const EXEMPLAR_LENGTH = 128;

/** At most so many bytes are written for a histogram. */
export function maxHistogramLength({ boundaries, exponential, exemplars }: HistogramPoint): number {
  return (
    (boundaries.length + 1) *
      (3 * NUMBER_LENGTH + (exemplars === undefined ? 0 : EXEMPLAR_LENGTH)) +
    // Each bucket can stand in a span of its own.
    (exponential?.counts.length ?? 0) * 3 * NUMBER_LENGTH +
    8 * NUMBER_LENGTH
  );
}

/** Writes the fields of a histogram, the last one first. */
export function writeHistogram(writer: WireWriter, point: HistogramPoint): void {
  const { exponential, sum, count } = point;
  if (exponential !== undefined) writeExponential(writer, exponential);
  writeBuckets(writer, point);
  if (!Number.isNaN(sum)) writer.double(HISTOGRAM.sampleSum, sum);
  writer.uint(HISTOGRAM.sampleCount, count);
}

function writeBuckets(
  writer: WireWriter,
  { boundaries, counts, offset, exemplars }: HistogramPoint,
): void {
  let bucket = boundaries.length;
  // Some histograms have infinity among their boundaries.
  while (boundaries[bucket - 1] === Infinity) bucket--;
  let cumulative = 0;
  for (let each = 0; each <= bucket; each++) cumulative += counts[offset + each] ?? 0;
  for (; bucket >= 0; bucket--) {
    const end = writer.start;
    const exemplar = exemplars?.[bucket];
    // All versions of Prometheus take them from here, also those of native histograms.
    if (exemplar !== undefined) writeExemplar(writer, exemplar);
    writer.double(BUCKET.upperBound, boundaries[bucket] ?? Infinity);
    writer.uint(BUCKET.cumulativeCount, cumulative);
    writer.nested(HISTOGRAM.bucket, end);
    cumulative -= counts[offset + bucket] ?? 0;
  }
}

function writeExemplar(writer: WireWriter, { traceId, spanId, value, time }: Exemplar): void {
  // Other ids are none of a trace.
  if (traceId.length !== TRACE_ID_LENGTH || spanId.length !== SPAN_ID_LENGTH) return;
  const end = writer.start;
  const second = Math.floor(time / 1000);
  writer.uint(TIMESTAMP.nanos, Math.round((time - second * 1000) * 1e6));
  writer.uint(TIMESTAMP.seconds, second);
  writer.nested(EXEMPLAR.timestamp, end);
  writer.double(EXEMPLAR.value, value);
  writer.latin1(spanId);
  writer.encoded(BEFORE_SPAN_ID);
  writer.latin1(traceId);
  writer.encoded(BEFORE_TRACE_ID);
  writer.nested(BUCKET.exemplar, end);
}

function writeExponential(writer: WireWriter, point: ExponentialPoint): void {
  const { counts } = point;
  const spans = spansOf(counts);
  const end = writer.start;
  let above: number | undefined;
  for (const { from, to } of spans) {
    for (let cell = to; cell >= from; cell--) {
      const count = counts[cell] ?? 0;
      // Each but the first one is written as what it has more than the one below it.
      if (above !== undefined) writer.zigzag(above - count);
      above = count;
    }
  }
  if (above !== undefined) {
    writer.zigzag(above);
    writer.nested(HISTOGRAM.positiveDelta, end);
  }
  writeSpans(writer, spans, point.firstIndex);
  writer.uint(HISTOGRAM.zeroCount, point.zeroCount);
  writer.double(HISTOGRAM.zeroThreshold, ZERO_THRESHOLD);
  writer.sint(HISTOGRAM.schema, point.scale);
}

function writeSpans(writer: WireWriter, spans: readonly Span[], firstIndex: number): void {
  for (const [index, { from, to }] of spans.entries()) {
    const below = spans[index + 1];
    const end = writer.start;
    writer.uint(BUCKET_SPAN.length, to - from + 1);
    // The first one by its index, where a bucket has that of its upper bound, one more than in OpenTelemetry.
    const offset = below === undefined ? firstIndex + 1 + from : from - below.to - 1;
    writer.sint(BUCKET_SPAN.offset, offset);
    writer.nested(HISTOGRAM.positiveSpan, end);
  }
}

/** Buckets that are written one after the other. */
interface Span {
  from: number;
  readonly to: number;
}

/** The highest one first. */
function spansOf(counts: ExponentialPoint['counts']): Span[] {
  const spans: Span[] = [];
  let last: Span | undefined;
  for (let cell = counts.length - 1; cell >= 0; cell--) {
    if (counts[cell] === 0) continue;
    if (last !== undefined && last.from - cell - 1 <= MAX_GAP) last.from = cell;
    else spans.push((last = { from: cell, to: cell }));
  }
  return spans;
}
