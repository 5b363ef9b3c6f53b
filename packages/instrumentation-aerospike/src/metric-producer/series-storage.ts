import type { Attributes, HrTime } from '@opentelemetry/api';
import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics';
import { Accumulation } from './accumulation';

/** Takes what is recorded beyond the cardinality limit, as the OpenTelemetry specification has it. */
const OVERFLOW_ATTRIBUTES: Attributes = { 'otel.metric.overflow': true };

/** The accumulations of all attribute sets. */
export class SeriesStorage {
  private accumulations = new Map<string, Accumulation>();
  /** With delta temporality what the last collection handed out. */
  private lastCollected: ReadonlyMap<string, Accumulation> = new Map();
  private lastCollectionTime: HrTime = [0, 0];

  /**
   * @param boundaries of the buckets
   * @param cardinalityLimit how many attribute sets there can be, the overflow set included
   * @param isDelta whether everything starts from nothing with each collection
   */
  constructor(
    private readonly boundaries: readonly number[],
    private readonly cardinalityLimit: number,
    private readonly isDelta: boolean,
  ) {}

  /** The accumulation that takes what is recorded with these attributes from now on, until it is closed. */
  open(attributes: Attributes, key = keyOf(attributes)): Accumulation {
    const found = this.accumulations.get(key);
    if (found !== undefined) return found;
    if (this.accumulations.size < this.cardinalityLimit - 1) return this.add(attributes, key);
    const overflowKey = keyOf(OVERFLOW_ATTRIBUTES);
    return this.accumulations.get(overflowKey) ?? this.add(OVERFLOW_ATTRIBUTES, overflowKey);
  }

  collect(): DataPoint<Histogram>[] {
    const time = now();
    const points = Array.from(this.accumulations.values(), each => each.dataPoint(time));
    if (this.isDelta) this.startAgain(time);
    return points;
  }

  private startAgain(time: HrTime): void {
    for (const accumulation of this.accumulations.values()) accumulation.isOpen = false;
    this.lastCollected = this.accumulations;
    this.lastCollectionTime = time;
    this.accumulations = new Map();
  }

  private add(attributes: Attributes, key: string): Accumulation {
    const startTime = this.lastCollected.has(key) ? this.lastCollectionTime : now();
    // A copy that stays as it is, whatever becomes of the caller's object. A frozen spread would take 250 bytes more.
    const kept = Object.freeze(Object.fromEntries(Object.entries(attributes)));
    const added = new Accumulation(kept, this.boundaries, startTime);
    this.accumulations.set(key, added);
    return added;
  }
}

/** The same text for the same attributes, whatever their order. */
export function keyOf(attributes: Attributes): string {
  const names = Object.keys(attributes).sort();
  return JSON.stringify(names.map(name => [name, attributes[name]]));
}

/** Milliseconds are as exact as the SDK's own times. */
function now(): HrTime {
  const milliseconds = Date.now();
  return [Math.trunc(milliseconds / 1000), (milliseconds % 1000) * 1e6];
}
