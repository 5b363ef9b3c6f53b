import type { Attributes } from '@opentelemetry/api';
import { labelName, valueText, type Label } from './labels';

const NONE: ReadonlySet<string> = new Set();

/**
 * The labels of attributes, with names and values as OpenTelemetry's PrometheusSerializer writes them. Where that would
 * make a scrape invalid, it is as the specification and Prometheus have it: values of names that become equal are
 * joined, a name that is taken gets the prefix that Prometheus itself gives it, and one that would begin with a digit
 * an underscore.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-attributes
 * @param reserved names that other labels of the same series have
 */
export function validLabels(
  attributes: Attributes,
  reserved: ReadonlySet<string> = NONE,
): readonly Label[] {
  const named = Object.entries(attributes).map(
    ([key, value]) => [key, validName(key, reserved), valueText(value)] as const,
  );
  const values = new Map<string, string>();
  // Joined in the order of the keys, so that it does not depend on that of the attributes.
  const order = hasEqualNames(named)
    ? named.sort(([one], [other]) => (one < other ? -1 : 1))
    : named;
  for (const [, name, value] of order) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before};${value}`);
  }
  values.delete('');
  return [...values];
}

function validName(key: string, reserved: ReadonlySet<string>): string {
  const name = labelName(key);
  if (/^\d/.test(name)) return `_${name}`;
  return reserved.has(name) ? `exported_${name}` : name;
}

function hasEqualNames(named: readonly (readonly [string, string, string])[]): boolean {
  return new Set(named.map(([, name]) => name)).size < named.length;
}
