import type { Attributes } from '@opentelemetry/api';

/**
 * The labels of attribute sets, as they stand between the braces. Those of attributes that are frozen, which cannot
 * become others, are kept for as long as the attributes are.
 */
export class LabelTexts {
  private readonly kept = new WeakMap<Attributes, string>();

  /** @param make writes the labels of attributes */
  constructor(private readonly make: (attributes: Attributes) => string) {}

  of(attributes: Attributes): string {
    const kept = this.kept.get(attributes);
    if (kept !== undefined) return kept;
    const made = this.make(attributes);
    if (isConstant(attributes)) this.kept.set(attributes, made);
    return made;
  }
}

function isConstant(attributes: Attributes): boolean {
  return (
    Object.isFrozen(attributes) &&
    Object.values(attributes).every(value => typeof value !== 'object')
  );
}
