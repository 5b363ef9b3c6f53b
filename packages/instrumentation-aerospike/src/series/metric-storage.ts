import type { Attributes } from '@opentelemetry/api';
import { AttributeKeys } from './attribute-keys';
import type { Resolution } from './histogram-accumulation';
import { HistogramStorage } from './histogram-storage';
import type { MetricSource } from './metric-source';
import { METRICS, type HistogramMetric, type Metric } from './metrics';
import type { Read } from './observed';
import type { NumberPoint } from './points';
import type { Recorder, Series } from './recorder';
import { StoredSeries } from './stored-series';

/** How values are added up. */
export interface MetricStorageOptions {
  /** Of the durations, in seconds. */
  readonly boundaries: readonly number[];
  /** How many attribute sets each metric can have, the overflow set included. */
  readonly cardinalityLimit: number;
  readonly resolution: Resolution;
}

/** Adds up the values of all metrics by itself. */
export class MetricStorage implements Recorder, MetricSource {
  readonly destination = this;
  private readonly keys = new AttributeKeys();
  private readonly storages = new Map<HistogramMetric, HistogramStorage>();
  private readonly reads = new Set<Read>();

  constructor(private readonly options: MetricStorageOptions) {
    // There before the first operation, so that an application without operations can be told from one not measured.
    this.storageOf(METRICS.operationDuration);
  }

  /** Each metric of which something may have been recorded. */
  get histograms(): ReadonlyMap<HistogramMetric, HistogramStorage> {
    return this.storages;
  }

  refresh(): boolean {
    return true;
  }

  series(metric: HistogramMetric, attributes: Attributes): Series {
    return new StoredSeries(this.storageOf(metric), attributes);
  }

  observe(_metrics: readonly Metric[], read: Read): () => void {
    // The same function may be given twice.
    const own: Read = report => {
      read(report);
    };
    this.reads.add(own);
    return () => {
      this.reads.delete(own);
    };
  }

  numbers(): ReadonlyMap<Metric, readonly NumberPoint[]> {
    const all = new Map<Metric, NumberPoint[]>();
    for (const read of this.reads) {
      read((metric, value, attributes) => {
        let points = all.get(metric);
        if (points === undefined) all.set(metric, (points = []));
        points.push({ attributes, value });
      });
    }
    return all;
  }

  /** Hands everything over, and counts from nothing again. @param time milliseconds since the epoch */
  startAgain(time: number): void {
    for (const storage of this.storages.values()) storage.startAgain(time);
  }

  private storageOf(metric: HistogramMetric): HistogramStorage {
    let storage = this.storages.get(metric);
    if (storage === undefined) {
      const { boundaries, cardinalityLimit, resolution } = this.options;
      const ofMetric = metric === METRICS.operationDuration ? boundaries : metric.boundaries;
      storage = new HistogramStorage(ofMetric, cardinalityLimit, this.keys, resolution);
      this.storages.set(metric, storage);
    }
    return storage;
  }
}
