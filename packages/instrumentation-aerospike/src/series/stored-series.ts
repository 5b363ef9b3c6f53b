import type { Attributes } from '@opentelemetry/api';
import type { HistogramAccumulation } from './histogram-accumulation';
import type { HistogramStorage } from './histogram-storage';
import type { Series, SpanScope } from './recorder';

/** Leads to the accumulation of one attribute set without looking it up for each recording. */
export class StoredSeries implements Series {
  private accumulation: HistogramAccumulation | undefined;
  private readonly key: string;

  constructor(
    private readonly storage: HistogramStorage,
    private readonly attributes: Attributes,
  ) {
    this.key = storage.keyOf(attributes);
  }

  /** As in the SDK, a negative number and NaN are not recorded. */
  record(value: number, span?: SpanScope): void {
    if (!(value >= 0)) return;
    let { accumulation } = this;
    if (!accumulation?.isOpen) {
      accumulation = this.storage.open(this.attributes, this.key);
      this.accumulation = accumulation;
    }
    accumulation.record(value, span);
  }
}
