import type { Attributes } from '@opentelemetry/api';
import { ATTR_DB_CLIENT_CONNECTION_POOL_NAME } from '../semconv';
import { OVERFLOW } from '../series/cardinality';
import type { Metric } from '../series/metrics';
import type { NumberPoint } from '../series/points';
import { keyOf, OVERFLOW_KEY } from './keys';

interface NumberSum {
  readonly key: string;
  readonly attributes: Attributes;
  value: number;
  /** How many points of processes are in it. */
  reporters: number;
}

/** The last value that one process has told, and the sum that it is part of. */
interface NumberContribution {
  readonly sum: NumberSum;
  readonly value: number;
}

/** What one process has told last of one metric, by the key of the attributes. */
export type Numbers = Map<string, NumberContribution>;

/** The sums of one metric over several processes, of which some may have ended. */
export class NumberSums {
  private readonly sums = new Map<string, NumberSum>();

  /** @param maxPoints how many attribute sets there can be, the overflow set included */
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
      const isOld = !this.isGauge && previous !== undefined && value < previous.value;
      const latest = isOld ? previous.value : value;
      const sum = previous?.sum ?? this.sumOf(key, attributes);
      if (previous === undefined) sum.reporters++;
      sum.value += latest - (previous?.value ?? 0);
      after.set(key, { sum, value: latest });
    }
    for (const [key, contribution] of before ?? []) {
      if (after.has(key)) continue;
      if (this.isGauge) this.remove(contribution);
      else after.set(key, contribution);
    }
    return after;
  }

  private sumOf(key: string, attributes: Attributes): NumberSum {
    const found = this.sums.get(key);
    if (found !== undefined) return found;
    const isFull = this.sums.size >= this.maxPoints - 1 && key !== OVERFLOW_KEY;
    if (isFull) return this.sumOf(OVERFLOW_KEY, OVERFLOW);
    const sum = { key, attributes: Object.freeze({ ...attributes }), value: 0, reporters: 0 };
    this.sums.set(key, sum);
    return sum;
  }

  private remove({ sum, value }: NumberContribution): void {
    sum.value -= value;
    sum.reporters--;
    if (sum.reporters === 0) this.sums.delete(sum.key);
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
  return Array.from(counts, ({ attributes, value }) => {
    const key = keyOf(attributes);
    // Those of the overflow set cannot be told apart.
    return { attributes, value: key === OVERFLOW_KEY ? value : (nodes.get(key) ?? 0) };
  });
}
