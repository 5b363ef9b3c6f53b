import type { Attributes } from '@opentelemetry/api';
import type { DurationRecorder, DurationSeries, SpanScope } from './recorder';

/** Records into each of its members, such as one for each exporter. */
export class RecorderGroup implements DurationRecorder {
  readonly isActive: boolean;

  constructor(private readonly members: readonly DurationRecorder[]) {
    this.isActive = members.some(member => member.isActive);
  }

  series(attributes: Attributes): DurationSeries {
    const all = this.members.map(member => member.series(attributes));
    const [first] = all;
    // With one member nothing stands between.
    return first !== undefined && all.length === 1 ? first : new SeriesGroup(all);
  }
}

class SeriesGroup implements DurationSeries {
  constructor(private readonly members: readonly DurationSeries[]) {}

  record(seconds: number, span?: SpanScope): void {
    for (const member of this.members) member.record(seconds, span);
  }
}
