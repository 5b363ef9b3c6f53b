import { parse, Reader } from 'protobufjs';

/** The messages of `io.prometheus.client`, as Prometheus documents them. */
const DEFINITIONS = `
  syntax = "proto2";
  package io.prometheus.client;
  message LabelPair { optional string name = 1; optional string value = 2; }
  enum MetricType {
    COUNTER = 0; GAUGE = 1; SUMMARY = 2; UNTYPED = 3; HISTOGRAM = 4; GAUGE_HISTOGRAM = 5;
  }
  message Gauge { optional double value = 1; }
  message Counter { optional double value = 1; optional Exemplar exemplar = 2; }
  message Timestamp { optional int64 seconds = 1; optional int32 nanos = 2; }
  message Exemplar {
    repeated LabelPair label = 1; optional double value = 2; optional Timestamp timestamp = 3;
  }
  message Bucket {
    optional uint64 cumulative_count = 1; optional double upper_bound = 2; optional Exemplar exemplar = 3;
  }
  message BucketSpan { optional sint32 offset = 1; optional uint32 length = 2; }
  message Histogram {
    optional uint64 sample_count = 1; optional double sample_sum = 2; repeated Bucket bucket = 3;
    optional sint32 schema = 5; optional double zero_threshold = 6; optional uint64 zero_count = 7;
    repeated BucketSpan negative_span = 9; repeated sint64 negative_delta = 10;
    repeated BucketSpan positive_span = 12; repeated sint64 positive_delta = 13;
  }
  message Metric {
    repeated LabelPair label = 1; optional Gauge gauge = 2; optional Counter counter = 3;
    optional Histogram histogram = 7; optional int64 timestamp_ms = 6;
  }
  message MetricFamily {
    optional string name = 1; optional string help = 2; optional MetricType type = 3;
    repeated Metric metric = 4; optional string unit = 5;
  }
`;

export interface DecodedExemplar {
  readonly label: readonly { readonly name: string; readonly value: string }[];
  readonly value: number;
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
}

export interface DecodedHistogram {
  readonly sampleCount: number;
  readonly sampleSum?: number;
  readonly bucket: readonly {
    readonly cumulativeCount: number;
    readonly upperBound: number;
    readonly exemplar?: DecodedExemplar;
  }[];
  readonly schema?: number;
  readonly zeroThreshold?: number;
  readonly zeroCount?: number;
  readonly positiveSpan: readonly { readonly offset: number; readonly length: number }[];
  readonly positiveDelta: readonly number[];
}

export interface DecodedMetric {
  readonly label: readonly { readonly name: string; readonly value: string }[];
  readonly gauge?: { readonly value: number };
  readonly counter?: { readonly value: number };
  readonly histogram?: DecodedHistogram;
  readonly timestampMs?: number;
}

export interface DecodedFamily {
  readonly name: string;
  readonly help?: string;
  readonly type: string;
  readonly unit?: string;
  readonly metric: readonly DecodedMetric[];
}

const METRIC_FAMILY = parse(DEFINITIONS).root.lookupType('io.prometheus.client.MetricFamily');

/** What Prometheus reads from an answer in the delimited protobuf format. */
export function decodeFamilies(answer: Uint8Array): DecodedFamily[] {
  const reader = Reader.create(answer);
  const families: DecodedFamily[] = [];
  while (reader.pos < reader.len) {
    const message = METRIC_FAMILY.decodeDelimited(reader);
    const options = { longs: Number, enums: String, arrays: true };
    families.push(METRIC_FAMILY.toObject(message, options) as DecodedFamily);
  }
  return families;
}

/** The counts of a native histogram's buckets by their index in Prometheus. */
export function nativeBuckets({
  positiveSpan,
  positiveDelta,
}: DecodedHistogram): Map<number, number> {
  const buckets = new Map<number, number>();
  const deltas = positiveDelta.values();
  let index = 0;
  let count = 0;
  for (const { offset, length } of positiveSpan) {
    index += offset;
    for (let each = 0; each < length; each++) {
      count += deltas.next().value ?? NaN;
      if (count !== 0) buckets.set(index, count);
      index++;
    }
  }
  return buckets;
}
