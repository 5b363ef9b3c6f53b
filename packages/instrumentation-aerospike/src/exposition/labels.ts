import type { Attributes } from '@opentelemetry/api';
import type { Scope } from './family';

export type Label = readonly [name: string, value: string];

/** The labels of attributes, under names that Prometheus takes, with values as OpenTelemetry's exporter writes them. */
export function labelsOf(attributes: Attributes): Label[] {
  return Object.entries(attributes).map(([name, value]) => [labelName(name), valueText(value)]);
}

/** What Prometheus allows in a name, as OpenTelemetry's exporter makes it: no two underscores in a row either. */
export function labelName(attribute: string): string {
  return attribute.replace(/[^a-z0-9_]/gi, '_').replace(/_{2,}/g, '_');
}

/** The value of a label. */
export function valueText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#instrumentation-scope-1 */
export function scopeLabels({ name, schemaUrl, version }: Scope): Label[] {
  return [
    ['otel_scope_name', name],
    ...(schemaUrl ? [['otel_scope_schema_url', schemaUrl] as const] : []),
    ...(version ? [['otel_scope_version', version] as const] : []),
  ];
}

/** Labels as they stand between the braces. */
export function labelText(labels: readonly Label[]): string {
  return labels.map(([name, value]) => `${name}="${escapedInQuotes(value)}"`).join(',');
}

/** Text as it stands after `# HELP` and `# UNIT` in the text format. */
export function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}

/** Text as it stands in the value of a label, and after `# HELP` in OpenMetrics: its quotation marks are escaped too. */
export function escapedInQuotes(text: string): string {
  return escaped(text).replace(/"/g, '\\"');
}

/**
 * The text of the labels of series, which is made once. Attributes of a series are frozen, and the same object for as
 * long as the series lives.
 */
export class LabelTexts {
  private readonly texts = new WeakMap<Attributes, string>();
  private readonly shared: string;

  /** @param shared labels of every series, after its own */
  constructor(shared: readonly Label[]) {
    this.shared = labelText(shared);
  }

  of(attributes: Attributes): string {
    let text = this.texts.get(attributes);
    if (text === undefined) {
      text = [labelText(labelsOf(attributes)), this.shared].filter(part => part !== '').join(',');
      this.texts.set(attributes, text);
    }
    return text;
  }
}
