import type { Attributes } from '@opentelemetry/api';
import { AttributeKeys } from '../series/attribute-keys';
import { OVERFLOW } from '../series/cardinality';

const keys = new AttributeKeys();

/** The same for equal attributes, in whatever order they stand. */
export function keyOf(attributes: Attributes): string {
  return keys.of(attributes);
}

export const OVERFLOW_KEY = keyOf(OVERFLOW);
