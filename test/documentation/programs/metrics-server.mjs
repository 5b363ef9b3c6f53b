import { startMetricsServer } from 'opentelemetry-instrumentation-aerospike/prometheus';

const { url } = await startMetricsServer(); // http://localhost:9464/metrics

const { assertScraped, operate } = await import('./support/measured.mjs');
await operate();
await assertScraped(url);
