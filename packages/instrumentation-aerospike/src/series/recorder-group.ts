import type { Attributes } from '@opentelemetry/api';
import type { HistogramMetric } from './metrics';
import type { Recorder, Series, SpanScope } from './recorder';

/** Records into each of its members, such as one for each exporter. */
export class RecorderGroup implements Recorder {
  readonly isActive: boolean;
  readonly destination = this;

  constructor(private readonly members: readonly Recorder[]) {
    this.isActive = members.some(member => member.isActive);
  }

  series(metric: HistogramMetric, attributes: Attributes): Series {
    const all = this.members.map(member => member.series(metric, attributes));
    const [first] = all;
    // With one member nothing stands between.
    return first !== undefined && all.length === 1 ? first : new SeriesGroup(all);
  }
}

class SeriesGroup implements Series {
  constructor(private readonly members: readonly Series[]) {}

  record(value: number, span?: SpanScope): void {
    for (const member of this.members) member.record(value, span);
  }
}
