/** What the entry `/prometheus` exports: its types, and what is behind its door. */
export {
  AerospikePrometheusExporter,
  type AerospikePrometheusExporterOptions,
} from './aerospike-prometheus-exporter';
export { durationView, type DurationViewOptions } from '../sdk/duration-view';
export { getMetrics, startMetricsServer, stopMetricsServer } from './metrics-server';
export type { MetricsOptions, MetricsServer, MetricsServerOptions } from './process-metrics';
