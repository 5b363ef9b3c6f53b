import type { Attributes } from '@opentelemetry/api';
import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics';
import { hrTimeOf } from '../hr-time';
import { Accumulation } from './accumulation';
import { AttributeKeys } from './attribute-keys';
import { CountPages } from './count-pages';

/** Takes what is recorded beyond the cardinality limit, as the OpenTelemetry specification has it. */
const OVERFLOW_ATTRIBUTES: Attributes = { 'otel.metric.overflow': true };

/** The accumulations of all attribute sets. */
export class SeriesStorage {
  private accumulations = new Map<string, Accumulation>();
  /** With delta temporality those that the last collection has handed over. */
  private lastCollected: ReadonlyMap<string, Accumulation> = new Map();
  private lastCollectionTime = 0;
  private readonly pages: CountPages;
  private readonly keys = new AttributeKeys();

  /**
   * @param boundaries of the buckets
   * @param cardinalityLimit how many attribute sets there can be, the overflow set included
   * @param isDelta whether everything starts from nothing with each collection
   */
  constructor(
    private readonly boundaries: readonly number[],
    private readonly cardinalityLimit: number,
    private readonly isDelta: boolean,
  ) {
    this.pages = new CountPages(boundaries.length + 1);
  }

  keyOf(attributes: Attributes): string {
    return this.keys.of(attributes);
  }

  /** The accumulation that takes what is recorded with these attributes from now on, until it is closed. */
  open(attributes: Attributes, key: string): Accumulation {
    const found = this.accumulations.get(key);
    if (found !== undefined) return found;
    if (this.accumulations.size < this.cardinalityLimit - 1) return this.add(attributes, key);
    const overflowKey = this.keys.of(OVERFLOW_ATTRIBUTES);
    return this.accumulations.get(overflowKey) ?? this.add(OVERFLOW_ATTRIBUTES, overflowKey);
  }

  collect(): DataPoint<Histogram>[] {
    const time = Date.now();
    const endTime = hrTimeOf(time);
    const points = Array.from(this.accumulations.values(), each => each.dataPoint(endTime));
    if (this.isDelta) this.startAgain(time);
    return points;
  }

  private startAgain(time: number): void {
    for (const accumulation of this.accumulations.values()) accumulation.close();
    this.lastCollected = this.accumulations;
    this.lastCollectionTime = time;
    this.accumulations = new Map();
  }

  private add(attributes: Attributes, key: string): Accumulation {
    const startTime = this.lastCollected.has(key) ? this.lastCollectionTime : Date.now();
    // A copy that stays as it is, whatever becomes of the caller's object. A frozen spread would take 250 bytes more.
    const kept = Object.freeze(Object.fromEntries(Object.entries(attributes)));
    const added = new Accumulation(kept, this.boundaries, startTime, this.pages.place());
    this.accumulations.set(key, added);
    return added;
  }
}
