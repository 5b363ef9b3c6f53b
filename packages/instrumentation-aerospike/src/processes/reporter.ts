import type { Attributes } from '@opentelemetry/api';
import type { MetricSource } from '../series/metric-source';
import type { HistogramMetric } from '../series/metrics';
import type { HistogramPoint } from '../series/points';
import type { ExponentialReport, HistogramReport, PointReport, ProcessReport } from './report';

/** What has been told of a series. */
interface Told {
  readonly id: number;
  /** 0 as long as the other side does not know its attributes. */
  count: number;
}

/** In one report. To add up as many takes a fraction of a millisecond. */
const MAX_SERIES = 50;

/** Tells of the metrics of this process. */
export class Reporter {
  /** By metric, and by the attributes object of the series: metrics of one operation have the same object. */
  private readonly told = new Map<HistogramMetric, Map<Attributes, Told>>();

  constructor(private readonly source: MetricSource) {}

  /**
   * What has been recorded since the last report, as reports of a few series each: between two of them other work can
   * have its turn, here and where they are read.
   */
  *recorded(): Generator<ProcessReport, void> {
    for (const [metric, { points }] of this.source.histograms) {
      let changed: PointReport[] = [];
      let boundaries: readonly number[] = [];
      for (const point of points) {
        const told = this.toldOf(metric, point.attributes);
        if (told.count === point.count) continue;
        ({ boundaries } = point);
        changed.push(pointReport(point, told, told.count > 0));
        told.count = point.count;
        if (changed.length < MAX_SERIES) continue;
        yield { histograms: [{ metric: metric.name, boundaries, points: changed }] };
        changed = [];
      }
      if (changed.length > 0) {
        yield { histograms: [{ metric: metric.name, boundaries, points: changed }] };
      }
    }
  }

  /** What the clients tell. */
  read(): ProcessReport {
    return { histograms: [], numbers: this.numbers() };
  }

  /** Everything, for somebody who may know nothing. */
  everything(): ProcessReport {
    const histograms: HistogramReport[] = [];
    for (const [metric, { points }] of this.source.histograms) {
      const recorded = [...points].filter(({ count }) => count > 0);
      const [first] = recorded;
      if (first === undefined) continue;
      const reports = recorded.map(point =>
        pointReport(point, this.toldOf(metric, point.attributes), false),
      );
      histograms.push({ metric: metric.name, boundaries: first.boundaries, points: reports });
    }
    return { histograms, numbers: this.numbers() };
  }

  private numbers(): ProcessReport['numbers'] {
    return Array.from(this.source.numbers(), ([{ name }, points]) => ({
      metric: name,
      points: Array.from(points, ({ attributes, value }) => [attributes, value] as const),
    }));
  }

  private toldOf(metric: HistogramMetric, attributes: Attributes): Told {
    let ofMetric = this.told.get(metric);
    if (ofMetric === undefined) this.told.set(metric, (ofMetric = new Map<Attributes, Told>()));
    let told = ofMetric.get(attributes);
    if (told === undefined) ofMetric.set(attributes, (told = { id: ofMetric.size, count: 0 }));
    return told;
  }
}

/** @param isKnown whether the other side knows its attributes */
function pointReport(point: HistogramPoint, { id }: Told, isKnown: boolean): PointReport {
  const { attributes, boundaries, counts, offset, count, sum, min, max } = point;
  const exemplars = [...(point.exemplars ?? []).entries()].flatMap(([bucket, exemplar]) =>
    exemplar === undefined ? [] : [[bucket, exemplar] as const],
  );
  return {
    id,
    ...(!isKnown && { attributes }),
    count,
    sum,
    min,
    max,
    counts: Array.from(counts.slice(offset, offset + boundaries.length + 1)),
    exponential: exponentialReport(point),
    ...(exemplars.length > 0 && { exemplars }),
  };
}

function exponentialReport({ exponential }: HistogramPoint): ExponentialReport | undefined {
  if (exponential === undefined) return undefined;
  const { scale, zeroCount, firstIndex, counts } = exponential;
  return { scale, zeroCount, firstIndex, counts: Array.from(counts) };
}
