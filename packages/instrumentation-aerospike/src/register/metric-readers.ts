import { createRequire } from 'node:module';
import {
  ConsoleMetricExporter,
  InstrumentType,
  PeriodicExportingMetricReader,
  type IMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { locate, requirePackages } from '../door';
import { reasonOf } from '../diagnostics';
import { lazy } from '../lazy';
import { say } from '../notices';
import type * as Prometheus from '../prometheus/aerospike-prometheus-exporter';
import { AerospikeMetricProducer } from '../sdk/aerospike-metric-producer';
import type { MetricStorage } from '../series/metric-storage';
import type { MetricsExporterName, OtlpProtocol, Settings } from './environment';

// Other exporters do without the package that it needs.
const prometheus = lazy(
  () => require('../prometheus/aerospike-prometheus-exporter') as typeof Prometheus,
);

/** The package that speaks each protocol. It is loaded from where the application's SDK is installed. */
const OTLP_PACKAGES: Readonly<Record<OtlpProtocol, string>> = {
  grpc: '@opentelemetry/exporter-metrics-otlp-grpc',
  'http/protobuf': '@opentelemetry/exporter-metrics-otlp-proto',
  'http/json': '@opentelemetry/exporter-metrics-otlp-http',
};

/** `ExportResultCode.SUCCESS` of `@opentelemetry/core`, which the application need not have installed. */
const SUCCESS = 0;

type PushExporterName = Exclude<MetricsExporterName, 'prometheus' | 'none'>;

const PUSH_EXPORTERS: Readonly<
  Record<PushExporterName, (settings: Settings) => PushMetricExporter>
> = {
  console: () => new ConsoleMetricExporter(),
  otlp: ({ otlpProtocol }) => otlpExporter(otlpProtocol),
};

/** A reader, and where the metrics that it reads are added up. */
export interface ProducedReader<Reader extends IMetricReader = IMetricReader> {
  readonly reader: Reader;
  readonly storage: MetricStorage;
}

/** @throws Error that names the package to install */
export function prometheusReader(
  settings: Settings,
): ProducedReader<Prometheus.AerospikePrometheusExporter> {
  requirePackages('OTEL_METRICS_EXPORTER=prometheus', ['@opentelemetry/exporter-prometheus']);
  const { boundaries } = settings;
  const reader = new (prometheus().AerospikePrometheusExporter)({
    boundaries,
    preventServerStart: true,
  });
  return { reader, storage: reader.metricProducer.storage };
}

/** Makes the reader that exports periodically to what OTEL_METRICS_EXPORTER names. */
export function periodicReader(name: PushExporterName, settings: Settings): ProducedReader {
  const { boundaries, exportIntervalMillis, otlpHistogramAggregation } = settings;
  const exporter = PUSH_EXPORTERS[name](settings);
  tellOfFailure(name, exporter);
  const temporality = exporter.selectAggregationTemporality?.(InstrumentType.HISTOGRAM);
  const isExponential =
    name === 'otlp' && otlpHistogramAggregation === 'base2_exponential_bucket_histogram';
  const aggregation = isExponential ? 'exponential' : 'explicit';
  const producer = new AerospikeMetricProducer({ boundaries, temporality, aggregation });
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportIntervalMillis, 30_000),
    metricProducers: [producer],
  });
  return { reader, storage: producer.storage };
}

/** OpenTelemetry tells its diagnostic logger alone, which nobody may have set. */
function tellOfFailure(name: PushExporterName, exporter: PushMetricExporter): void {
  const send = exporter.export.bind(exporter);
  let hasFailed = false;
  exporter.export = (metrics, onResult) => {
    send(metrics, result => {
      const code: number = result.code;
      if (code !== SUCCESS && !hasFailed) {
        hasFailed = true;
        say('notExported', name, reasonOf(result.error ?? 'no reason is given'));
      }
      onResult(result);
    });
  };
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
