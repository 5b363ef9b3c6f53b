import { METRIC, type Component, type Label } from '@example/prometheus-grafana/build/src/scope';
import { exactly, NOTHING, quotient, sumOf, type Bounds } from './bounds';
import type { Labels, PrometheusServer, Series } from './prometheus-server';

/** What an answer has for each combination of labels. */
export interface Groups<Value> {
  readonly by: readonly Label[];
  readonly values: ReadonlyMap<string, Value>;
}

export type Filter = (labels: Labels) => boolean;

/** A series as far as it lies in the window. */
interface Growth {
  readonly labels: Labels;
  readonly last: number;
  /** In a second, on the average of the window; none of a series with one point. */
  readonly rate: Bounds | undefined;
}

/** The key of a group: those of the labels that it has. */
export function groupOf(labels: Labels, by: readonly Label[]): string {
  return by
    .filter(label => labels[label])
    .map(label => `${label}=${labels[label] ?? ''}`)
    .join(' ');
}

/** What has been measured in a window of time: from it follows what queries over that window may answer. */
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
      return series.map(one => growth(one, length));
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

  /** The boundaries of the buckets that a quantile can be in. */
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

function growth({ metric, values = [] }: Series, windowLength: number): Growth {
  const last = Number(values.at(-1)?.[1]);
  const intervals = values.length - 1;
  const low = (last - Number(values[0]?.[1])) / windowLength;
  // rate() lets a series go on growing for up to half an interval before its first point and 1.1 after its last.
  const high = low * (1 + 1.6 / intervals);
  return { labels: metric, last, rate: intervals > 0 ? { low, high } : undefined };
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

/** @param buckets cumulative, in the order of their boundaries */
function quantileBounds(
  fraction: number,
  buckets: readonly { boundary: number; rate: Bounds }[],
): Bounds {
  const all = buckets.at(-1)?.rate ?? NOTHING;
  const reached = buckets.findIndex(({ rate }) => quotient(rate, all).high >= fraction);
  const passed = buckets.findIndex(({ rate }) => quotient(rate, all).low >= fraction);
  // Above the last boundary that is a number, a quantile is given as this.
  const highest = buckets.at(-2)?.boundary ?? NaN;
  const boundary = (index: number) => Math.min(buckets.at(index)?.boundary ?? NaN, highest);
  return { low: reached === 0 ? 0 : boundary(reached - 1), high: boundary(passed) };
}
