import type { Attributes } from '@opentelemetry/api';
import type { MetricSource } from '../series/metric-source';
import type { HistogramPoint } from '../series/points';
import type { ExponentialReport, HistogramReport, PointReport, Report } from './report';

/** What has been told of a series. */
interface Told {
  readonly id: number;
  /** Whether the other side knows its attributes. */
  isKnown: boolean;
  count: number;
}

/** Tells of the metrics of this process. */
export class Reporter {
  /** By the attributes object of the series, of which each histogram has its own. */
  private readonly told = new Map<Attributes, Told>();

  constructor(private readonly source: MetricSource) {}

  /** What has been recorded since the last report. */
  recorded(): Report {
    return { histograms: this.histograms(true) };
  }

  /** What has been recorded since the last report, and what the clients tell. */
  changed(): Report {
    return { histograms: this.histograms(true), numbers: this.numbers() };
  }

  /** Everything, for somebody who may know nothing. */
  everything(): Report {
    return { histograms: this.histograms(false), numbers: this.numbers() };
  }

  /** Tells everything again: the other side may have lost the last report. */
  startAgain(): void {
    for (const told of this.told.values()) {
      told.isKnown = false;
      told.count = 0;
    }
  }

  private histograms(isChangedOnly: boolean): HistogramReport[] {
    const reports: HistogramReport[] = [];
    for (const [{ name }, { points }] of this.source.histograms) {
      let boundaries: readonly number[] | undefined;
      const changed: PointReport[] = [];
      for (const point of points) {
        if (point.count === 0) continue;
        const told = this.toldOf(point.attributes);
        if (isChangedOnly && told.isKnown && told.count === point.count) continue;
        ({ boundaries } = point);
        changed.push(pointReport(point, told, isChangedOnly));
        if (!isChangedOnly) continue;
        told.isKnown = true;
        told.count = point.count;
      }
      if (boundaries !== undefined) reports.push({ metric: name, boundaries, points: changed });
    }
    return reports;
  }

  private numbers(): Report['numbers'] {
    return Array.from(this.source.numbers(), ([{ name }, points]) => ({
      metric: name,
      points: Array.from(points, ({ attributes, value }) => [attributes, value] as const),
    }));
  }

  private toldOf(attributes: Attributes): Told {
    let told = this.told.get(attributes);
    if (told === undefined) {
      told = { id: this.told.size, isKnown: false, count: 0 };
      this.told.set(attributes, told);
    }
    return told;
  }
}

function pointReport(point: HistogramPoint, told: Told, mayLeaveOut: boolean): PointReport {
  const { attributes, boundaries, counts, offset, count, sum, min, max } = point;
  const exemplars = [...(point.exemplars ?? []).entries()].flatMap(([bucket, exemplar]) =>
    exemplar === undefined ? [] : [[bucket, exemplar] as const],
  );
  return {
    id: told.id,
    ...(!(mayLeaveOut && told.isKnown) && { attributes }),
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
