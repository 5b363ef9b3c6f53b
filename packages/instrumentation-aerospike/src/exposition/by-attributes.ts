import type { Attributes } from '@opentelemetry/api';

/**
 * What is made of attribute sets. It is kept for as long as they are where they cannot become others, since then they
 * belong to a series that is written in every scrape.
 */
export class ByAttributes<Made> {
  private readonly kept = new WeakMap<Attributes, Made>();

  constructor(private readonly make: (attributes: Attributes) => Made) {}

  of(attributes: Attributes): Made {
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
