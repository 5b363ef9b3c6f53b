import './required-packages';

export { durationView, type DurationViewOptions } from './duration-view';
export {
  getMetrics,
  startMetricsServer,
  stopMetricsServer,
  type MetricsServer,
  type MetricsServerOptions,
} from './metrics-server';
