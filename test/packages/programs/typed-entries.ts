// Needs the types of every entry point but the main one. It is compiled only.
import 'opentelemetry-instrumentation-aerospike/register';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationTemporality, MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { AerospikeInstrumentation } from 'opentelemetry-instrumentation-aerospike';
import {
  AerospikeMetricProducer,
  PROMETHEUS_NAME,
  type AerospikeMetricProducerOptions,
} from 'opentelemetry-instrumentation-aerospike/metric-producer';
import {
  durationView,
  getMetrics,
  startMetricsServer,
  stopMetricsServer,
  type MetricsServer,
} from 'opentelemetry-instrumentation-aerospike/prometheus';

export const meterProvider = new MeterProvider({ views: [durationView()] });
// @ts-expect-error A type that could not be found would allow this.
durationView({ boundaries: '1' });

const options: AerospikeMetricProducerOptions = {
  name: PROMETHEUS_NAME,
  temporality: AggregationTemporality.CUMULATIVE,
};
const metricProducer = new AerospikeMetricProducer(options);
export const instrumentation = new AerospikeInstrumentation({ metricProducer });
export const exporter = new PrometheusExporter({ metricProducers: [metricProducer] });
// @ts-expect-error A type that could not be found would allow this.
new AerospikeMetricProducer({ temporality: 'sometimes' });

export async function serve(): Promise<string> {
  const server: MetricsServer = await startMetricsServer({ port: 0 });
  const database = await AerospikeMemoryServer.create({ port: 0 });
  await database.stop();
  await server.close();
  await stopMetricsServer();
  return getMetrics();
}
