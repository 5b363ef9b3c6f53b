import type { Attributes } from '@opentelemetry/api';
import type { HistogramMetric, Metric } from './metrics';
import type { Read } from './observed';
import type { Recorder, Series, SpanScope } from './recorder';

/** Records into each of its members, such as one for each exporter. */
export class RecorderGroup implements Recorder {
  readonly destination = this;

  constructor(private readonly members: readonly Recorder[]) {}

  refresh(): boolean {
    let isAnywhere = false;
    for (const member of this.members) if (member.refresh()) isAnywhere = true;
    return isAnywhere;
  }

  series(metric: HistogramMetric, attributes: Attributes): Series {
    const all = this.members.map(member => member.series(metric, attributes));
    const [first] = all;
    // With one member nothing stands between.
    return first !== undefined && all.length === 1 ? first : new SeriesGroup(all);
  }

  observe(metrics: readonly Metric[], read: Read): () => void {
    const all = this.members.map(member => member.observe(metrics, read));
    return () => {
      for (const stop of all) stop();
    };
  }
}

class SeriesGroup implements Series {
  constructor(private readonly members: readonly Series[]) {}

  record(value: number, span?: SpanScope): void {
    for (const member of this.members) member.record(value, span);
  }
}
