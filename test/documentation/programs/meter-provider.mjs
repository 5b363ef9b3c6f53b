import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import { durationView } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { assertScraped, operate } from './support/measured.mjs';

const meterProvider = new MeterProvider({
  readers: [new PrometheusExporter()],
  views: [durationView()],
});
registerInstrumentations({ meterProvider, instrumentations: [new AerospikeInstrumentation()] });

await operate();
await assertScraped('http://localhost:9464/metrics');
await meterProvider.shutdown();
