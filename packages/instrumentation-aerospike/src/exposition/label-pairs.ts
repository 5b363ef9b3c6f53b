import type { AttributeValue, Attributes } from '@opentelemetry/api';
import type { Scope } from './family';

export type LabelPair = readonly [name: string, value: string];

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
export function labelPairs(
  attributes: Attributes,
  reserved: ReadonlySet<string> = NONE,
): readonly LabelPair[] {
  const named = Object.entries(attributes).map(
    ([key, value]) => [key, labelName(key, reserved), valueText(value)] as const,
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

/** The labels that every series of an instrumentation scope has. */
export function scopePairs({ name, schemaUrl, version }: Scope): readonly LabelPair[] {
  const pairs: LabelPair[] = [['otel_scope_name', name]];
  if (schemaUrl !== undefined && schemaUrl !== '') pairs.push(['otel_scope_schema_url', schemaUrl]);
  if (version !== undefined && version !== '') pairs.push(['otel_scope_version', version]);
  return pairs;
}

/** A name as Prometheus allows it, but for a digit that it may begin with. */
export function sanitizedName(name: string): string {
  return name.replace(/[^a-z0-9_]/gi, '_').replace(/_{2,}/g, '_');
}

function labelName(key: string, reserved: ReadonlySet<string>): string {
  const name = sanitizedName(key);
  if (/^\d/.test(name)) return `_${name}`;
  return reserved.has(name) ? `exported_${name}` : name;
}

function valueText(value: AttributeValue | undefined): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

function hasEqualNames(named: readonly (readonly [string, string, string])[]): boolean {
  return new Set(named.map(([, name]) => name)).size < named.length;
}
