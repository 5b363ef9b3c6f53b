import type { Attributes } from '@opentelemetry/api';
import { epochNow } from '../clock';
import type { AttributeKeys } from './attribute-keys';
import { BoundarySearch } from './boundary-search';
import { OVERFLOW } from './cardinality';
import { CountPages } from './count-pages';
import { HistogramAccumulation, type Resolution } from './histogram-accumulation';

/** The accumulations of one histogram, by attribute set. */
export class HistogramStorage {
  private accumulations = new Map<string, HistogramAccumulation>();
  /** Those that the last call of {@link startAgain} has handed over. */
  private handedOver: ReadonlyMap<string, HistogramAccumulation> = new Map();
  private handedOverAt = 0;
  private readonly pages: CountPages;
  private readonly search: BoundarySearch;

  /** @param cardinalityLimit how many attribute sets there can be, the overflow set included */
  constructor(
    boundaries: readonly number[],
    private readonly cardinalityLimit: number,
    private readonly keys: AttributeKeys,
    private readonly resolution: Resolution,
  ) {
    this.pages = new CountPages(boundaries.length + 1);
    this.search = new BoundarySearch(boundaries);
  }

  /** In the order in which they were first recorded. */
  get points(): Iterable<HistogramAccumulation> {
    return this.accumulations.values();
  }

  keyOf(attributes: Attributes): string {
    return this.keys.of(attributes);
  }

  /** The accumulation that takes what is recorded with these attributes from now on, until it is closed. */
  open(attributes: Attributes, key: string): HistogramAccumulation {
    const found = this.accumulations.get(key);
    if (found !== undefined) return found;
    if (this.accumulations.size < this.cardinalityLimit - 1) return this.add(attributes, key);
    const overflowKey = this.keys.of(OVERFLOW);
    return this.accumulations.get(overflowKey) ?? this.add(OVERFLOW, overflowKey);
  }

  /** Hands everything over, and counts from nothing again. @param time milliseconds since the epoch */
  startAgain(time: number): void {
    for (const accumulation of this.accumulations.values()) accumulation.close();
    this.handedOver = this.accumulations;
    this.handedOverAt = time;
    this.accumulations = new Map();
  }

  private add(attributes: Attributes, key: string): HistogramAccumulation {
    const startTime = this.handedOver.has(key) ? this.handedOverAt : epochNow();
    // What stays as it is, whatever becomes of the caller's object. A frozen spread would take 250 bytes more.
    const kept = Object.isFrozen(attributes)
      ? attributes
      : Object.freeze(Object.fromEntries(Object.entries(attributes)));
    const added = new HistogramAccumulation(
      kept,
      this.search,
      startTime,
      this.pages.place(),
      this.resolution,
    );
    this.accumulations.set(key, added);
    return added;
  }
}
