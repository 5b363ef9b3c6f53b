import { parse } from 'protobufjs';

/** The part of OTLP that is looked at here, as OpenTelemetry defines it. */
const DEFINITIONS = `
  syntax = "proto3";
  package opentelemetry.proto;
  message ExportMetricsServiceRequest { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { repeated ScopeMetrics scope_metrics = 2; }
  message ScopeMetrics { repeated Metric metrics = 2; }
  message Metric {
    string name = 1; string description = 2; string unit = 3;
    oneof data { Histogram histogram = 9; ExponentialHistogram exponential_histogram = 10; }
  }
  enum AggregationTemporality { UNSPECIFIED = 0; DELTA = 1; CUMULATIVE = 2; }
  message Histogram { repeated HistogramDataPoint data_points = 1; }
  message HistogramDataPoint { fixed64 count = 4; }
  message ExponentialHistogram {
    repeated ExponentialHistogramDataPoint data_points = 1;
    AggregationTemporality aggregation_temporality = 2;
  }
  message ExponentialHistogramDataPoint {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
    fixed64 count = 4; optional double sum = 5; sint32 scale = 6; fixed64 zero_count = 7;
    message Buckets { sint32 offset = 1; repeated uint64 bucket_counts = 2; }
    Buckets positive = 8; Buckets negative = 9;
    optional double min = 12; optional double max = 13;
  }
`;

export interface DecodedMetric {
  readonly name: string;
  readonly unit: string;
  readonly histogram?: { readonly dataPoints: readonly { readonly count: number }[] };
  readonly exponentialHistogram?: {
    readonly aggregationTemporality: 'DELTA' | 'CUMULATIVE';
    readonly dataPoints: readonly {
      readonly count: number;
      readonly sum: number;
      readonly min: number;
      readonly max: number;
      readonly scale: number;
      readonly zeroCount: number;
      readonly positive: { readonly offset: number; readonly bucketCounts: readonly number[] };
    }[];
  };
}

interface ExportMetricsServiceRequest {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly DecodedMetric[] }[];
  }[];
}

const REQUEST = parse(DEFINITIONS).root.lookupType('ExportMetricsServiceRequest');

/** The metrics that an OTLP exporter has sent. */
export function decodeOtlpMetrics(body: Uint8Array): DecodedMetric[] {
  const options = { longs: Number, enums: String, defaults: true };
  const request = REQUEST.toObject(REQUEST.decode(body), options) as ExportMetricsServiceRequest;
  return request.resourceMetrics
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap(({ metrics }) => metrics);
}
