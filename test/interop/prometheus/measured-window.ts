import { quantile } from '@example/aerospike-demo/build/src/report';
import { METRIC } from '@example/prometheus-grafana/build/src/durations';
import type { Label } from '@example/prometheus-grafana/build/src/scope';
import { exactly, NOTHING, quotient, sumOf, type Bounds } from './bounds';
import type { Labels, Point, PrometheusServer, Series } from './prometheus-server';

/** A kind of series that a classic histogram has. */
type Component = 'bucket' | 'sum' | 'count';

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
  private constructor(private readonly series: Readonly<Record<Component, readonly Growth[]>>) {}

  /**
   * @param end in seconds
   * @param length in seconds
   */
  static async read(
    prometheus: PrometheusServer,
    end: number,
    length: number,
  ): Promise<MeasuredWindow> {
    const read = async (component: Component) => {
      const series = await prometheus.query(`${METRIC}_${component}[${length}s]`, end);
      return series.map(one => growth(one, end, length));
    };
    return new MeasuredWindow({
      bucket: await read('bucket'),
      sum: await read('sum'),
      count: await read('count'),
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

  /** A quantile, estimated from the buckets without PromQL. */
  quantile(fraction: number, by: readonly Label[]): Groups<Bounds> {
    return grouped(this.series.bucket, by, all => {
      const boundaries = [...new Set(all.map(({ labels }) => labels.le ?? ''))];
      const buckets = boundaries.map(le => ({
        boundary: le === '+Inf' ? Infinity : Number(le),
        rate: sumOf(all.filter(one => one.labels.le === le).map(({ rate = NOTHING }) => rate)),
      }));
      return quantileBounds(
        fraction,
        buckets.sort((a, b) => a.boundary - b.boundary),
      );
    });
  }
}

/** How fast a series grows according to `rate`, which knows only the points in the window. */
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

/**
 * The more operations are in the lower buckets, the smaller is a quantile.
 *
 * @param cumulative the buckets in the order of their boundaries, of which the last is Infinity
 */
function quantileBounds(
  fraction: number,
  cumulative: readonly { boundary: number; rate: Bounds }[],
): Bounds {
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
