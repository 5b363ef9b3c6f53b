import {
  createNoopMeter,
  ValueType,
  type Attributes,
  type Histogram,
  type Meter,
  type MeterProvider,
} from '@opentelemetry/api';
import { reportFailing, reportFault } from '../diagnostics';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';
import { MeterObserver } from './meter-observer';
import { METRICS, type HistogramMetric, type Metric } from './metrics';
import type { Read } from './observed';
import type { Recorder, Series, SpanScope } from './recorder';

/** The API gives out one and the same histogram for every instrument as long as no MeterProvider is registered. */
const NOOP_HISTOGRAM = createNoopMeter().createHistogram('noop');

/** Whether a MeterProvider does nothing with what is measured. One that fails has been set up by somebody all the same. */
export function isNoop(provider: MeterProvider): boolean {
  try {
    return provider.getMeter(PACKAGE_NAME, PACKAGE_VERSION) === createNoopMeter();
  } catch {
    return false;
  }
}

/** How the duration is made, where that is not as the table of metrics has it. */
export interface DurationInstrument {
  readonly name?: string | undefined;
  /** In seconds. */
  readonly boundaries?: readonly number[] | undefined;
}

/** Metrics that are read when somebody collects. */
interface Observed {
  readonly metrics: readonly Metric[];
  readonly read: Read;
  observer: MeterObserver | undefined;
}

/** Records into the instruments of a MeterProvider. */
export class MeterRecorder implements Recorder {
  private provider: MeterProvider | undefined;
  private readonly histograms = new Map<HistogramMetric, Histogram>();
  private readonly observed = new Set<Observed>();
  private hasInstruments = false;

  /** @param source gives the MeterProvider of this moment: another one may be registered at any time */
  constructor(
    private readonly source: () => MeterProvider,
    private readonly duration: DurationInstrument = {},
  ) {}

  refresh(): boolean {
    const provider = this.source();
    if (provider !== this.provider) this.recordInto(provider);
    return this.hasInstruments;
  }

  get destination(): object {
    return this.provider ?? this;
  }

  series(metric: HistogramMetric, attributes: Attributes): Series {
    return new MeterSeries(this, metric, attributes);
  }

  observe(metrics: readonly Metric[], read: Read): () => void {
    const observed: Observed = { metrics, read, observer: undefined };
    this.observed.add(observed);
    // Otherwise a provider would be found with the next operation only.
    if (this.refresh() && observed.observer === undefined) this.start(observed);
    return () => {
      this.observed.delete(observed);
      observed.observer?.stop();
    };
  }

  /** The histogram of a metric, of the provider that {@link refresh} found last. */
  histogram(metric: HistogramMetric): Histogram {
    let histogram = this.histograms.get(metric);
    if (histogram === undefined) {
      histogram = this.create(metric);
      this.histograms.set(metric, histogram);
    }
    return histogram;
  }

  private recordInto(provider: MeterProvider): void {
    this.provider = provider;
    this.histograms.clear();
    this.hasInstruments = this.histogram(METRICS.operationDuration) !== NOOP_HISTOGRAM;
    for (const observed of this.observed) this.start(observed);
  }

  private start(observed: Observed): void {
    const { metrics, read } = observed;
    try {
      observed.observer?.stop();
      observed.observer = this.hasInstruments
        ? new MeterObserver(this.meter(), metrics, read)
        : undefined;
    } catch (error) {
      reportFault(
        'the metrics of the clients could not be registered with the MeterProvider',
        error,
      );
    }
  }

  /** @throws what the MeterProvider throws, and where it gives no meter */
  private meter(): Meter {
    if (this.provider === undefined) return createNoopMeter();
    const meter: unknown = this.provider.getMeter(PACKAGE_NAME, PACKAGE_VERSION);
    if (meter === undefined || meter === null) throw new TypeError('getMeter() gives no meter');
    return meter as Meter;
  }

  /** A MeterProvider that fails must not disturb the application: then nothing is measured. */
  private create(metric: HistogramMetric): Histogram {
    const { name, boundaries } = metric === METRICS.operationDuration ? this.duration : {};
    try {
      return this.meter().createHistogram(name ?? metric.name, {
        description: metric.description,
        unit: metric.unit,
        valueType: metric.isWhole ? ValueType.INT : ValueType.DOUBLE,
        advice: { explicitBucketBoundaries: [...(boundaries ?? metric.boundaries)] },
      });
    } catch (error) {
      reportFailing('MeterProvider', error);
      return NOOP_HISTOGRAM;
    }
  }
}

class MeterSeries implements Series {
  constructor(
    private readonly recorder: MeterRecorder,
    private readonly metric: HistogramMetric,
    private readonly attributes: Attributes,
  ) {}

  record(value: number, span?: SpanScope): void {
    try {
      this.recorder.histogram(this.metric).record(value, this.attributes, span?.context);
    } catch (error) {
      reportFailing('MeterProvider', error);
    }
  }
}
