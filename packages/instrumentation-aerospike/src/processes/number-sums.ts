import type { Attributes } from '@opentelemetry/api';
import { ATTR_DB_CLIENT_CONNECTION_POOL_NAME } from '../semconv';
import { METRICS, type Metric } from '../series/metrics';
import type { NumberPoint } from '../series/points';
import { keyOf } from './keys';

interface NumberSum {
  readonly attributes: Attributes;
  value: number;
  /** How many processes report it. */
  reporters: number;
}

/** What one process has told last of one metric: the value by the key of its attributes. */
export type Numbers = Map<string, number>;

/** The sums of one metric over several processes, of which some may have ended. */
export class NumberSums {
  private readonly sums = new Map<string, NumberSum>();

  constructor(
    private readonly metric: Metric,
    private readonly maxPoints: number,
  ) {}

  /** A counter that is not reported any more stays; a gauge goes. */
  private get isGauge(): boolean {
    return this.metric.kind === 'observableUpDownCounter';
  }

  get points(): Iterable<NumberPoint> {
    return this.sums.values();
  }

  /** Takes what one process tells in place of what it told before. */
  replace(
    before: Numbers | undefined,
    points: readonly (readonly [Attributes, number])[],
  ): Numbers {
    const after: Numbers = new Map();
    for (const [attributes, value] of points) {
      const key = keyOf(attributes);
      const previous = before?.get(key);
      // A counter of a process never falls: this one was written before the last one.
      const isOld = !this.isGauge && previous !== undefined && value < previous;
      const latest = isOld ? previous : value;
      if (this.add(key, attributes, latest - (previous ?? 0), previous === undefined)) {
        after.set(key, latest);
      }
    }
    for (const [key, value] of before ?? []) {
      if (after.has(key)) continue;
      if (this.isGauge) this.remove(key, value);
      else after.set(key, value);
    }
    return after;
  }

  private add(key: string, attributes: Attributes, value: number, isNew: boolean): boolean {
    let sum = this.sums.get(key);
    if (sum === undefined) {
      if (this.sums.size >= this.maxPoints) return false;
      sum = { attributes: Object.freeze({ ...attributes }), value: 0, reporters: 0 };
      this.sums.set(key, sum);
    }
    sum.value += value;
    if (isNew) sum.reporters++;
    return true;
  }

  private remove(key: string, value: number): void {
    const sum = this.sums.get(key);
    if (sum === undefined) return;
    sum.value -= value;
    sum.reporters--;
    if (sum.reporters === 0) this.sums.delete(key);
  }
}

/** Processes know the same nodes: those that a server has are its pools, each of which is counted once. */
export function distinctNodes(
  counts: Iterable<NumberPoint>,
  maxima: Iterable<NumberPoint>,
): NumberPoint[] {
  const nodes = new Map<string, number>();
  for (const { attributes } of maxima) {
    const { [ATTR_DB_CLIENT_CONNECTION_POOL_NAME]: pool, ...server } = attributes;
    if (pool !== undefined) nodes.set(keyOf(server), (nodes.get(keyOf(server)) ?? 0) + 1);
  }
  return Array.from(counts, ({ attributes }) => ({
    attributes,
    value: nodes.get(keyOf(attributes)) ?? 0,
  }));
}

export const { nodeCount: NODE_COUNT, connectionMax: CONNECTION_MAX } = METRICS;
