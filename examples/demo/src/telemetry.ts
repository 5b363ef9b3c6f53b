import { metrics } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, type MetricProducer } from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { AerospikePrometheusExporter } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { CannotRun, type MetricsAddress } from './options';

export interface Telemetry {
  /** Where Prometheus scrapes. */
  readonly url: string;
  /** What has been measured. */
  readonly producer: MetricProducer;
  shutdown(): Promise<void>;
}

/** The default boundaries and finer ones below: nearly every answer of a server nearby takes less than a millisecond. */
const BOUNDARIES = [
  0.0001, 0.00025, 0.0005, 0.00075, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10,
];

/** Measures every Aerospike operation of this process and serves the metric to Prometheus. */
export async function startTelemetry({ host, port }: MetricsAddress): Promise<Telemetry> {
  const exporter = new AerospikePrometheusExporter({
    host,
    port,
    boundaries: BOUNDARIES,
    preventServerStart: true,
  });
  const { metricProducer } = exporter;
  const meterProvider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'aerospike-demo' }),
    readers: [exporter],
  });
  metrics.setGlobalMeterProvider(meterProvider);
  registerInstrumentations({
    instrumentations: [new AerospikeInstrumentation({ metricProducer })],
  });

  await exporter.startServer().catch((error: unknown) => {
    throw cannotServe({ host, port }, error as NodeJS.ErrnoException);
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`,
    producer: metricProducer,
    shutdown: () => meterProvider.shutdown(),
  };
}

function cannotServe({ host, port }: MetricsAddress, error: NodeJS.ErrnoException): CannotRun {
  return new CannotRun(
    error.code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is taken: set OTEL_EXPORTER_PROMETHEUS_PORT to another one.`
      : `The metrics cannot be served on ${host}, port ${port} (${error.message}): ` +
          'set OTEL_EXPORTER_PROMETHEUS_HOST and OTEL_EXPORTER_PROMETHEUS_PORT to others.',
  );
}
