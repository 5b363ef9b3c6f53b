import { quantile } from '@example/aerospike-demo/build/src/report';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import type { HistogramKind, Label } from '@example/prometheus-grafana/build/src/scope';
import { exactly, NOTHING, quotient, sumOf, type Bounds } from './bounds';
import { componentsOf, type Components } from './native-components';
import type {
  Labels,
  Point,
  PrometheusServer,
  Series,
} from '@test/support/build/prometheus-server';

/** A kind of series that a classic histogram has, and that a native one is taken apart into. */
type Component = keyof Components;

/** What an answer has for each combination of labels. */
export interface Groups<Value> {
  readonly by: readonly Label[];
  readonly values: ReadonlyMap<string, Value>;
}

export type Filter = (labels: Labels) => boolean;

/** The part of a series that lies in the window. */
interface Growth {
  readonly labels: Labels;
  readonly last: number;
  /** Growth per second, averaged over the window; undefined for a series with one point. */
  readonly rate: Bounds | undefined;
}

/** The key of a group: the labels that it is grouped by, as far as the series has them. */
export function groupOf(labels: Labels, by: readonly Label[]): string {
  return by
    .filter(label => labels[label])
    .map(label => `${label}=${labels[label] ?? ''}`)
    .join(' ');
}

/** What was measured in a window of time. From this follows what a query over that window may answer. */
export class MeasuredWindow {
  private constructor(
    private readonly kind: HistogramKind,
    private readonly series: Readonly<Record<Component, readonly Growth[]>>,
  ) {}

  /**
   * @param end in seconds
   * @param length in seconds
   * @param matchers of the series that are looked at
   */
  static async read(
    prometheus: PrometheusServer,
    kind: HistogramKind,
    end: number,
    length: number,
    matchers = '',
  ): Promise<MeasuredWindow> {
    const read = (name: string) => prometheus.query(`${name}{${matchers}}[${length}s]`, end);
    const { bucket, sum, count } =
      kind === 'native'
        ? componentsOf(await read(METRIC))
        : {
            bucket: await read(`${METRIC}_bucket`),
            sum: await read(`${METRIC}_sum`),
            count: await read(`${METRIC}_count`),
          };
    const growths = (all: readonly Series[]) => all.map(one => growth(one, end, length));
    return new MeasuredWindow(kind, {
      bucket: growths(bucket),
      sum: growths(sum),
      count: growths(count),
    });
  }

  /** The last value of every series of the counts. */
  lastCounts(): { labels: Labels; value: number }[] {
    return this.series.count.map(({ labels, last }) => ({ labels, value: last }));
  }

  rate(component: Component, by: readonly Label[], filter: Filter = () => true): Groups<Bounds> {
    const growing = this.series[component].filter(
      ({ labels, rate }) => rate !== undefined && filter(labels),
    );
    return grouped(growing, by, all => sumOf(all.map(({ rate = NOTHING }) => rate)));
  }

  count(by: readonly Label[], filter: Filter = () => true): Groups<Bounds> {
    const counts = this.series.count.filter(({ labels }) => filter(labels));
    return grouped(counts, by, all => exactly(all.reduce((sum, { last }) => sum + last, 0)));
  }

  seriesCount(by: readonly Label[]): Groups<Bounds> {
    return grouped(this.series.count, by, all => exactly(all.length));
  }

  /** The rates of the histogram as a whole, for a heatmap: of a native one, which is one sample, its count. */
  distribution(): Groups<Bounds> {
    return this.kind === 'native' ? this.rate('count', []) : this.rate('bucket', ['le']);
  }

  /** The share that took at most so long. Where that is in the middle of a bucket, nothing is known of those in it. */
  shareWithin(seconds: number, by: readonly Label[]): Groups<Bounds> {
    return grouped(this.series.bucket, by, all => {
      const cumulative = cumulativeOf(all);
      const total = cumulative.at(-1)?.rate ?? NOTHING;
      const below = cumulative.findLast(({ boundary }) => boundary <= seconds)?.rate ?? NOTHING;
      const above = cumulative.find(({ boundary }) => boundary >= seconds)?.rate ?? total;
      return quotient({ low: below.low, high: above.high }, total);
    });
  }

  /** A quantile, estimated from the buckets without PromQL. */
  quantile(fraction: number, by: readonly Label[]): Groups<Bounds> {
    return grouped(this.series.bucket, by, all => {
      const cumulative = cumulativeOf(all);
      const bounds = quantileBounds(fraction, cumulative);
      // How durations are spread within the bucket of a native histogram differs between versions of Prometheus.
      return this.kind === 'native' ? toBoundaries(bounds, cumulative) : bounds;
    });
  }
}

interface CumulativeBucket {
  readonly boundary: number;
  readonly rate: Bounds;
}

/** How fast the buckets grow, each with those below it, in the order of their boundaries, of which the last is Infinity. */
function cumulativeOf(all: readonly Growth[]): CumulativeBucket[] {
  // By number: one service writes 1 where another writes 1.0.
  const rates = new Map<number, Bounds>();
  for (const {
    labels: { le = '' },
    rate = NOTHING,
  } of all) {
    const boundary = le === '+Inf' ? Infinity : Number(le);
    rates.set(boundary, sumOf([rates.get(boundary) ?? NOTHING, rate]));
  }
  return Array.from(rates, ([boundary, rate]) => ({ boundary, rate })).sort(
    (a, b) => a.boundary - b.boundary,
  );
}

/** The ends of the buckets that both bounds lie in. */
function toBoundaries({ low, high }: Bounds, cumulative: readonly CumulativeBucket[]): Bounds {
  return {
    low: cumulative.findLast(({ boundary }) => boundary <= low)?.boundary ?? low,
    high: cumulative.find(({ boundary }) => boundary >= high)?.boundary ?? high,
  };
}

/** How fast a series grows, as `rate` sees it, which knows it only from its first point in the window to its last. */
function growth({ metric, values = [] }: Series, end: number, length: number): Growth {
  const [firstTime, first] = numbersOf(values[0]);
  const [lastTime, last] = numbersOf(values.at(-1));
  const seconds = lastTime - firstTime;
  const interval = seconds / (values.length - 1);
  // Prometheus extends the growth to the end of the window, or by half an interval where the end is far.
  const after = end - lastTime < 1.1 * interval ? end - lastTime : interval / 2;
  // It also extends the growth backwards; how far depends on the first value and on the version of Prometheus.
  const before = 1.1 * interval;
  // The last point may have arrived just after the query.
  const late = interval;
  const perSecond = (last - first) / length;
  const rate = {
    low: perSecond * (1 + after / seconds),
    high: perSecond * (1 + (before + after + late) / seconds),
  };
  return { labels: metric, last, rate: seconds > 0 ? rate : undefined };
}

function numbersOf([time, value]: Point = [NaN, '']): [time: number, value: number] {
  return [time, Number(value)];
}

function grouped(
  series: readonly Growth[],
  by: readonly Label[],
  merge: (all: readonly Growth[]) => Bounds,
): Groups<Bounds> {
  const groups = new Map<string, Growth[]>();
  for (const one of series) {
    const key = groupOf(one.labels, by);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return { by, values: new Map(Array.from(groups, ([key, all]) => [key, merge(all)])) };
}

/** The more operations are in the lower buckets, the smaller is a quantile. */
function quantileBounds(fraction: number, cumulative: readonly CumulativeBucket[]): Bounds {
  const all = cumulative.at(-1)?.rate ?? NOTHING;
  if (all.high === 0) return { low: NaN, high: NaN };
  const boundaries = cumulative.slice(0, -1).map(({ boundary }) => boundary);
  const shares = cumulative.slice(0, -1).map(({ rate }) => quotient(rate, all));
  const estimate = (below: readonly number[]) => {
    const counts = [...below, 1].map((share, index) => share - (below[index - 1] ?? 0));
    return quantile(fraction, { boundaries, counts }) ?? NaN;
  };
  return {
    low: estimate(shares.map(({ high }) => Math.min(high, 1))),
    high: estimate(shares.map(({ low }) => low)),
  };
}
