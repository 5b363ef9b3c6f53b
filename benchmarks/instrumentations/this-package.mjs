import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { metricsSdk, tracingSdk } from '../telemetry.mjs';

/**
 * @param metrics `producer`, `histogram` or none
 * @param tracing whether there are spans
 * @param disabled whether it is disabled again
 */
export async function create({ metrics, tracing = false, disabled = false }) {
  const metricProducer = metrics === 'producer' ? await newProducer() : undefined;
  const instrumentation = new AerospikeInstrumentation({
    enabled: false,
    ...(metricProducer && { metricProducer }),
  });
  const recorded = metrics && metricsSdk({ metricProducers: metricProducer && [metricProducer] });
  const traced = tracing ? tracingSdk() : undefined;
  if (recorded) instrumentation.setMeterProvider(recorded.meterProvider);
  if (traced) instrumentation.setTracerProvider(traced.tracerProvider);
  return {
    instrument(aerospike) {
      instrumentation.instrumentModule(aerospike);
      instrumentation.enable();
      if (disabled) instrumentation.disable();
    },
    reader: recorded?.reader,
    durations: recorded?.durations,
    spans: traced?.spans,
  };
}

/** That of the exporter, which `/register` has: it counts into exponential buckets too, and keeps exemplars. */
async function newProducer() {
  const { AerospikePrometheusExporter } =
    await import('opentelemetry-instrumentation-aerospike/prometheus');
  return new AerospikePrometheusExporter({ preventServerStart: true }).metricProducer;
}
