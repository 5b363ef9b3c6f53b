import { watchWorkers } from '../processes/cluster';
import {
  ProcessMetrics,
  type MetricsOptions,
  type MetricsServer,
  type MetricsServerOptions,
} from './process-metrics';
import { ClusterServer } from './sums-server';

/** A process is measured once, so there is one. */
const processMetrics = new ProcessMetrics();

watchWorkers(() => new ClusterServer());

/**
 * Instruments `aerospike` and serves the metrics to Prometheus, without any set-up of OpenTelemetry. A running server
 * is replaced, and the counts are kept; when the new one cannot listen, the old one goes on serving.
 *
 * In a worker of `node:cluster`, the primary serves the sums of all workers, and this is its server.
 *
 * @returns where it serves, once it does
 * @throws TypeError when an option is wrong or unknown
 * @throws Error with the system's `code` when the port is taken (`EADDRINUSE`), or the host is none of this machine's
 */
export function startMetricsServer(options: MetricsServerOptions = {}): Promise<MetricsServer> {
  return processMetrics.start(options);
}

/** Stops the running metrics server, if there is one. The metrics go on being collected. May be called any number of times. */
export function stopMetricsServer(): Promise<void> {
  return processMetrics.stop();
}

/**
 * The metrics as text, to be served together with those of another library in the same format. The first call
 * instruments `aerospike` if no metrics server has. In a worker of `node:cluster`, they are the sums of all workers.
 * May be called by several at the same time.
 *
 * @throws TypeError when an option is wrong or unknown
 */
export function getMetrics(options: MetricsOptions = {}): Promise<string> {
  return processMetrics.text(options);
}
