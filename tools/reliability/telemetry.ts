import type { MeterProvider as AnyMeterProvider, TracerProvider } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { MeterProvider, type ViewOptions } from '@opentelemetry/sdk-metrics';
import {
  AerospikeInstrumentation,
  type AerospikeInstrumentationConfig,
} from 'opentelemetry-instrumentation-aerospike';
import {
  durationView,
  getMetrics,
  startMetricsServer,
} from 'opentelemetry-instrumentation-aerospike/prometheus';
import { CountedSpans } from '../counted-spans';
import { samplesOf } from '@test/support';

/** Operations of one kind that ended in one way. */
export interface Measured {
  readonly operation: string;
  readonly errorType: string | undefined;
  readonly statusCode: string | undefined;
  readonly count: number;
}

/** What measures a process. */
export interface Telemetry {
  measured(): Promise<Measured[]>;
  /** The text that Prometheus would be given, where the metrics of the client are in it. */
  readonly text?: () => Promise<string>;
  /** The spans that have ended, where there are any. */
  readonly spans?: CountedSpans | undefined;
  /** The URL of its metrics, if it serves them. */
  readonly url?: string;
}

export interface SdkOptions {
  readonly view?: Partial<ViewOptions>;
  readonly config?: AerospikeInstrumentationConfig;
  /** Takes the place of the TracerProvider that counts spans. */
  readonly tracerProvider?: TracerProvider;
}

/** The instrumentation in an SDK with metrics and traces, registered in the usual way. */
export function registerSdk({ view, config, tracerProvider }: SdkOptions = {}): Promise<Telemetry> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const spans = tracerProvider === undefined ? new CountedSpans() : undefined;
  register({
    meterProvider: new MeterProvider({
      readers: [exporter],
      views: [{ ...durationView(), ...view }],
    }),
    tracerProvider: tracerProvider ?? spans?.provider,
    config,
  });
  return Promise.resolve({
    spans,
    measured: async () => measuredIn(await textOf(exporter)),
    text: () => textOf(exporter),
  });
}

/** What an application registers. */
interface Registered {
  readonly meterProvider: AnyMeterProvider;
  readonly tracerProvider?: TracerProvider | undefined;
  readonly config?: AerospikeInstrumentationConfig | undefined;
}

export function register({ meterProvider, tracerProvider, config }: Registered): void {
  registerInstrumentations({
    meterProvider,
    ...(tracerProvider && { tracerProvider }),
    instrumentations: [new AerospikeInstrumentation(config)],
  });
}

/** The metrics server, for a process without an SDK. */
export async function serveMetrics(): Promise<Telemetry> {
  const { url } = await startMetricsServer({ port: 0, host: '127.0.0.1' });
  return { url, measured: measuredWithoutSdk };
}

export async function measuredWithoutSdk(): Promise<Measured[]> {
  return measuredIn(await getMetrics());
}

async function textOf(exporter: PrometheusExporter): Promise<string> {
  const { resourceMetrics } = await exporter.collect();
  return new PrometheusSerializer().serialize(resourceMetrics);
}

function measuredIn(text: string): Measured[] {
  return samplesOf('db_client_operation_duration_seconds_count', text).map(({ labels, value }) => ({
    operation: labels.db_operation_name ?? '',
    errorType: labels.error_type,
    statusCode: labels.db_response_status_code,
    count: value,
  }));
}
