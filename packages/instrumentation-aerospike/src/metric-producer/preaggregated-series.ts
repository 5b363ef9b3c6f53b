import type { Attributes } from '@opentelemetry/api';
import type { DurationSeries } from '../recording/recorder';
import type { Accumulation } from './accumulation';
import type { SeriesStorage } from './series-storage';

/** Leads to the accumulation of one attribute set without looking it up for each recording. */
export class PreaggregatedSeries implements DurationSeries {
  private accumulation: Accumulation | undefined;
  private readonly key: string;

  constructor(
    private readonly storage: SeriesStorage,
    private readonly attributes: Attributes,
  ) {
    this.key = storage.keyOf(attributes);
  }

  /** What is no duration, as the SDK has it: a negative number and NaN, is not recorded. */
  record(seconds: number): void {
    if (!(seconds >= 0)) return;
    let { accumulation } = this;
    if (!accumulation?.isOpen) {
      accumulation = this.storage.open(this.attributes, this.key);
      this.accumulation = accumulation;
    }
    accumulation.record(seconds);
  }
}
