import type { Attributes } from '@opentelemetry/api';
import { ATTR_OTEL_METRIC_OVERFLOW } from '../semconv';

/** The same for equal attributes, in whatever order they stand. */
export function keyOf(attributes: Attributes): string {
  return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The attribute set of all that is beyond the limit of attribute sets. */
export const OVERFLOW: Attributes = Object.freeze({ [ATTR_OTEL_METRIC_OVERFLOW]: true });

export const OVERFLOW_KEY = keyOf(OVERFLOW);
