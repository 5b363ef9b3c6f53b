import './required-packages';

export { durationView, type DurationViewOptions } from './duration-view';
export { getMetrics, startMetricsServer, stopMetricsServer } from './metrics-server';
export type { MetricsServer, MetricsServerOptions } from './metrics-service';
