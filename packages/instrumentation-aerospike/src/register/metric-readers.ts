import { createRequire } from 'node:module';
import {
  ConsoleMetricExporter,
  PeriodicExportingMetricReader,
  type IMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
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

/** Makes the reader that exports periodically to what OTEL_METRICS_EXPORTER names. */
export function periodicReader(name: PushExporterName, settings: Settings): IMetricReader {
  const { exportIntervalMillis } = settings;
  return new PeriodicExportingMetricReader({
    exporter: PUSH_EXPORTERS[name](settings),
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportIntervalMillis, 30_000),
  });
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
