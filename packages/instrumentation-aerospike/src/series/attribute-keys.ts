import type { Attributes } from '@opentelemetry/api';

/** Makes keys of attribute sets: the same one for the same attributes, whatever their order. */
export class AttributeKeys {
  /** A number for each set of names, of which there are few. It takes their place in the keys, which are kept. */
  private readonly numbers = new Map<string, number>();

  of(attributes: Attributes): string {
    const names = Object.keys(attributes).sort();
    const values = names.map(name => attributes[name]);
    return `${this.numberOf(JSON.stringify(names))}${JSON.stringify(values)}`;
  }

  private numberOf(names: string): number {
    let number = this.numbers.get(names);
    if (number === undefined) this.numbers.set(names, (number = this.numbers.size));
    return number;
  }
}
