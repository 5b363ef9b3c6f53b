import { randomUUID } from 'node:crypto';
import { resources } from '../sdk/resources';
import { ATTR_SERVICE_INSTANCE_ID } from '../semconv';
import type { MetricsExporterName, Settings } from './environment';

const { defaultResource, resourceFromAttributes } = resources;

/**
 * What the metrics of this process say that they come from.
 *
 * Behind a Collector, processes with the same resource would write to the same series. So with OTLP each has an instance
 * of its own: a random UUID of version 4, as the conventions have it, unless the environment has one. Prometheus knows an
 * instance by its address.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/#service
 */
export function resourceFor(exporter: MetricsExporterName, { resourceAttributes }: Settings) {
  const given = defaultResource().merge(resourceFromAttributes(resourceAttributes));
  if (exporter !== 'otlp') return given;
  return resourceFromAttributes({ [ATTR_SERVICE_INSTANCE_ID]: randomUUID() }).merge(given);
}
