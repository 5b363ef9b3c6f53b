import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type CollectionResult,
  type MetricData,
  type MetricProducer,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import {
  BOUNDARIES,
  checkOptions,
  oneOf,
  text,
  wholeNumber,
  type Kind,
  type Kinds,
} from '../option-kinds';
import { epochNow } from '../clock';
import { CARDINALITY_LIMIT } from '../series/cardinality';
import type { Resolution } from '../series/histogram-accumulation';
import { MetricStorage } from '../series/metric-storage';
import { METRICS, type HistogramMetric, type Metric } from '../series/metrics';
import type { Read } from '../series/observed';
import type { Recorder, Series } from '../series/recorder';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version';
import { exponentialHistogramData, histogramData } from './metric-data';
import { NumberData } from './number-data';
import { resources } from './resources';

/** Options of {@link AerospikeMetricProducer}. */
export interface AerospikeMetricProducerOptions {
  /**
   * Upper bounds of the duration's buckets in seconds, rising.
   * Default: 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, as the OpenTelemetry semantic conventions advise.
   */
  boundaries?: readonly number[];
  /**
   * How many attribute sets of each metric are kept apart. The last one is the overflow set, `otel.metric.overflow`,
   * which takes all further ones. Default: 2000, as in the SDK.
   */
  cardinalityLimit?: number;
  /** Name of the duration; for Prometheus, {@link PROMETHEUS_NAME}. Default: `db.client.operation.duration`. */
  name?: string;
  /**
   * Whether each collection gives what was recorded since the start, or since the collection before.
   * Default: `cumulative`, which Prometheus needs.
   */
  temporality?: keyof typeof TEMPORALITIES | AggregationTemporality;
  /**
   * How values are added up: in the buckets between the boundaries, or in those of an exponential histogram, which are
   * 9 % wide whatever the values are (scale 3), or twice as wide wherever there would be more than 160 of them.
   * Default: `explicit`.
   */
  aggregation?: (typeof AGGREGATIONS)[number];
}

/** Name of the duration in Prometheus: OpenTelemetry's exporter adds no unit to a name by itself. */
export const PROMETHEUS_NAME = METRICS.operationDuration.prometheusName;

const TEMPORALITIES = {
  cumulative: AggregationTemporality.CUMULATIVE,
  delta: AggregationTemporality.DELTA,
} as const;

const AGGREGATIONS = ['explicit', 'exponential'] as const;

const TEMPORALITY: Kind = {
  allowed: "'cumulative', 'delta' or an AggregationTemporality",
  accepts: value => temporalityOf(value) !== undefined,
  parse: () => undefined,
};

const OPTIONS: Kinds<AerospikeMetricProducerOptions> = {
  boundaries: BOUNDARIES,
  cardinalityLimit: wholeNumber(1),
  name: text('the name of a metric'),
  temporality: TEMPORALITY,
  aggregation: oneOf(AGGREGATIONS),
};

/**
 * Adds the values of this package's metrics up by itself, at a fraction of what instruments of the SDK cost, and gives
 * a metric reader of the SDK the same metrics as those would. Give it to the instrumentation as its `metricProducer`,
 * and to one reader as one of its `metricProducers`.
 */
export class AerospikeMetricProducer implements MetricProducer, Recorder {
  readonly destination = this;
  /** @internal Where the values are added up. */
  readonly storage: MetricStorage;
  private readonly durationName: string;
  private readonly temporality: AggregationTemporality;
  private readonly isExponential: boolean;
  private readonly numbers: NumberData;

  /**
   * @param resolution internal: what is kept beside what is collected, for who writes straight from the storage
   * @throws TypeError when an option is wrong or unknown
   */
  constructor(options: AerospikeMetricProducerOptions = {}, resolution?: Resolution) {
    checkOptions(options, OPTIONS);
    const {
      boundaries = METRICS.operationDuration.boundaries,
      cardinalityLimit = CARDINALITY_LIMIT,
      name = METRICS.operationDuration.name,
      temporality,
      aggregation = 'explicit',
    } = options;
    this.isExponential = aggregation === 'exponential';
    this.storage = new MetricStorage({
      boundaries: [...boundaries],
      cardinalityLimit,
      resolution: resolution ?? { exponential: this.isExponential, exemplars: false },
    });
    this.durationName = name;
    this.temporality = temporalityOf(temporality) ?? AggregationTemporality.CUMULATIVE;
    this.numbers = new NumberData(this.temporality);
  }

  refresh(): boolean {
    return true;
  }

  series(metric: HistogramMetric, attributes: Attributes): Series {
    return this.storage.series(metric, attributes);
  }

  observe(metrics: readonly Metric[], read: Read): () => void {
    return this.storage.observe(metrics, read);
  }

  /**
   * What a reader of the SDK asks for: all metrics that have values. With the temporality `delta` counting starts again.
   * Everything happens before it returns, so that calls at the same time do no harm.
   */
  collect(): Promise<CollectionResult> {
    const time = epochNow();
    const dataOf = this.isExponential ? exponentialHistogramData : histogramData;
    const metrics: MetricData[] = [];
    for (const [metric, { points }] of this.storage.histograms) {
      const data = dataOf(metric, this.nameOf(metric), points, this.temporality, time);
      if (data.dataPoints.length > 0) metrics.push(data);
    }
    for (const [metric, points] of this.storage.numbers()) {
      metrics.push(this.numbers.of(metric, this.nameOf(metric), points, time));
    }
    if (this.temporality === AggregationTemporality.DELTA) this.storage.startAgain(time);
    const scope = { name: PACKAGE_NAME, version: PACKAGE_VERSION };
    const scopeMetrics: ScopeMetrics[] = metrics.length > 0 ? [{ scope, metrics }] : [];
    // A reader takes the resource of its MeterProvider.
    const resource = resources.emptyResource();
    return Promise.resolve({ resourceMetrics: { resource, scopeMetrics }, errors: [] });
  }

  /** A metric has its name in Prometheus where the duration has been given that. */
  private nameOf(metric: Metric): string {
    if (metric === METRICS.operationDuration) return this.durationName;
    return this.durationName === PROMETHEUS_NAME ? metric.prometheusName : metric.name;
  }
}

function temporalityOf(given: unknown): AggregationTemporality | undefined {
  return Object.entries(TEMPORALITIES).find(
    ([name, value]) => given === name || given === value,
  )?.[1];
}
