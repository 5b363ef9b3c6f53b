import { createRequire } from 'node:module';
import {
  ConsoleMetricExporter,
  InstrumentType,
  PeriodicExportingMetricReader,
  type IMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { AerospikeMetricProducer } from '../metric-producer/aerospike-metric-producer';
import { PROMETHEUS_NAME } from '../metric-producer/prometheus-name';
import { DurationExporter } from '../prometheus/duration-exporter';
import { locate, requirePackages } from '../required-packages';
import type { MetricsExporterName, OtlpProtocol, Settings } from './environment';

/** The package that speaks each protocol. It is loaded from where the application's SDK is installed. */
const OTLP_PACKAGES: Readonly<Record<OtlpProtocol, string>> = {
  grpc: '@opentelemetry/exporter-metrics-otlp-grpc',
  'http/protobuf': '@opentelemetry/exporter-metrics-otlp-proto',
  'http/json': '@opentelemetry/exporter-metrics-otlp-http',
};

type PushExporterName = Exclude<MetricsExporterName, 'prometheus' | 'none'>;

const PUSH_EXPORTERS: Readonly<
  Record<PushExporterName, (settings: Settings) => PushMetricExporter>
> = {
  console: () => new ConsoleMetricExporter(),
  otlp: ({ otlpProtocol }) => otlpExporter(otlpProtocol),
};

/** A reader, and the producer of the metric that it reads. */
export interface ProducedReader<Reader extends IMetricReader = IMetricReader> {
  readonly reader: Reader;
  readonly producer: AerospikeMetricProducer;
}

export function prometheusReader({ boundaries }: Settings): ProducedReader<DurationExporter> {
  const producer = new AerospikeMetricProducer({
    name: PROMETHEUS_NAME,
    ...(boundaries && { boundaries }),
  });
  return { reader: new DurationExporter(producer), producer };
}

/** Makes the reader that exports periodically to what OTEL_METRICS_EXPORTER names. */
export function periodicReader(name: PushExporterName, settings: Settings): ProducedReader {
  const { boundaries, exportIntervalMillis } = settings;
  const exporter = PUSH_EXPORTERS[name](settings);
  const temporality = exporter.selectAggregationTemporality?.(InstrumentType.HISTOGRAM);
  const producer = new AerospikeMetricProducer({
    ...(boundaries && { boundaries }),
    ...(temporality !== undefined && { temporality }),
  });
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportIntervalMillis, 30_000),
    metricProducers: [producer],
  });
  return { reader, producer };
}

/** @throws Error that names the package to install */
function otlpExporter(protocol: OtlpProtocol): PushMetricExporter {
  const name = OTLP_PACKAGES[protocol];
  requirePackages(`OTEL_METRICS_EXPORTER=otlp with the protocol ${protocol}`, [name]);
  const { OTLPMetricExporter } = createRequire(__filename)(locate(name) ?? name) as {
    OTLPMetricExporter: new () => PushMetricExporter;
  };
  return new OTLPMetricExporter();
}
