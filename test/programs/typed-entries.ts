// Needs the types of every entry point but the main one. It is compiled only.
import 'opentelemetry-instrumentation-aerospike/register';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
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

export async function serve(): Promise<string> {
  const server: MetricsServer = await startMetricsServer({ port: 0 });
  const database = await AerospikeMemoryServer.create({ port: 0 });
  await database.stop();
  await server.close();
  await stopMetricsServer();
  return getMetrics();
}
