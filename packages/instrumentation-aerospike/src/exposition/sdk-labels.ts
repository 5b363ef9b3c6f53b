import type { Attributes } from '@opentelemetry/api';
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { labelName } from './labels';
import { reservedLabels } from './series-labels';
import { validLabels } from './valid-labels';
import type { WriteOptions } from './write-options';

/**
 * What a MeterProvider has collected, for OpenTelemetry's PrometheusSerializer. That gives a series two labels of one
 * name where attributes differ in their punctuation only, such as `a.b` and `a_b`, or have the name of a label of its
 * own: Prometheus then refuses the whole scrape. Such attributes become those of the labels that the other formats write.
 * All others, and with them the bytes, stay as they are.
 */
export function withValidLabels(
  { resource, scopeMetrics }: ResourceMetrics,
  options: WriteOptions,
): ResourceMetrics {
  const reserved = {
    histogram: reservedLabels('histogram', options),
    gauge: reservedLabels('gauge', options),
  };
  const valid = (metric: MetricData): MetricData => {
    const isHistogram = metric.dataPointType === DataPointType.HISTOGRAM;
    const names = isHistogram ? reserved.histogram : reserved.gauge;
    if (metric.dataPoints.every(({ attributes }) => isValid(attributes, names))) return metric;
    const dataPoints = metric.dataPoints.map(point => {
      if (isValid(point.attributes, names)) return point;
      return { ...point, attributes: Object.fromEntries(validLabels(point.attributes, names)) };
    });
    return { ...metric, dataPoints } as MetricData;
  };
  return {
    resource,
    scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.map(valid),
    })),
  };
}

/** Whether each attribute has a label's name, and one of its own. */
function isValid(attributes: Attributes, reserved: ReadonlySet<string>): boolean {
  const names = new Set<string>();
  for (const attribute of Object.keys(attributes)) {
    const name = labelName(attribute);
    if (!/^[a-z_]/i.test(name) || reserved.has(name) || names.has(name)) return false;
    names.add(name);
  }
  return true;
}
