import './required-packages';

export {
  AerospikePrometheusExporter,
  type AerospikePrometheusExporterOptions,
} from './aerospike-prometheus-exporter';
export { durationView, type DurationViewOptions } from '../sdk/duration-view';
export { getMetrics, startMetricsServer, stopMetricsServer } from './metrics-server';
export type { MetricsOptions, MetricsServer, MetricsServerOptions } from './process-metrics';
