import { say } from '../notices';
import type { Settings } from './environment';

/** A variable that does nothing where this package has an SDK of its own. */
interface WithoutEffect {
  readonly variable: string;
  readonly isSo: (settings: Settings) => boolean;
  /** Follows "is for". It stays true if the application registers a MeterProvider later. */
  readonly purpose: string;
}

const WITHOUT_EFFECT: readonly WithoutEffect[] = [
  {
    variable: 'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
    isSo: ({ otlpHistogramAggregation, exporters }) =>
      otlpHistogramAggregation !== 'explicit_bucket_histogram' && !exporters.includes('otlp'),
    purpose:
      'OTLP, by which /register exports nothing; Prometheus gets native histograms wherever it asks for them',
  },
  {
    variable: 'OTEL_INSTRUMENTATION_AEROSPIKE_METRIC_NAME',
    isSo: ({ metricName }) => metricName !== undefined,
    purpose: 'a MeterProvider that the application registers, and there is none',
  },
];

/** Says which variables are set in vain. Where somebody has switched the metrics off, nothing is said. */
export function sayWithoutEffect(settings: Settings): void {
  if (settings.exporters.every(name => name === 'none')) return;
  for (const { variable, isSo, purpose } of WITHOUT_EFFECT) {
    if (isSo(settings)) say('withoutEffect', variable, purpose);
  }
}
