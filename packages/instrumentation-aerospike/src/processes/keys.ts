import type { Attributes } from '@opentelemetry/api';

/** The same for equal attributes, in whatever order they stand. */
export function keyOf(attributes: Attributes): string {
  return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
