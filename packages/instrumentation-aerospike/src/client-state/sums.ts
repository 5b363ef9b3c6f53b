import type { Attributes } from '@opentelemetry/api';
import type { Metric } from '../series/metrics';
import type { ReportValue } from '../series/observed';

/** Sums by metric and attribute set, of which equal ones must be the same object. */
export class Sums {
  private readonly sums = new Map<Metric, Map<Attributes, number>>();

  add(metric: Metric, attributes: Attributes, value: number): void {
    let points = this.sums.get(metric);
    if (points === undefined) this.sums.set(metric, (points = new Map<Attributes, number>()));
    points.set(attributes, (points.get(attributes) ?? 0) + value);
  }

  report(report: ReportValue): void {
    for (const [metric, points] of this.sums) {
      for (const [attributes, value] of points) report(metric, value, attributes);
    }
  }
}
