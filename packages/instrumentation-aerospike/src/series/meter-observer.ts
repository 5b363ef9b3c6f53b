import {
  ValueType,
  type Attributes,
  type BatchObservableCallback,
  type BatchObservableResult,
  type Counter,
  type Meter,
  type Observable,
} from '@opentelemetry/api';
import { reportFault } from '../diagnostics';
import type { Metric } from './metrics';
import type { Read } from './observed';

type Points = Map<Attributes, number>;

/** Has a meter of OpenTelemetry ask for metrics that are read when somebody collects. */
export class MeterObserver {
  private readonly observables = new Map<Metric, Observable>();
  private readonly counters = new Map<Metric, Counter>();
  /** What was reported last, of the metrics for which that matters. */
  private readonly last = new Map<Metric, Points>();

  /** @throws what a broken meter throws */
  constructor(
    private readonly meter: Meter,
    metrics: readonly Metric[],
    private readonly read: Read,
  ) {
    for (const metric of metrics) this.create(metric);
    meter.addBatchObservableCallback(this.callback, [...this.observables.values()]);
  }

  stop(): void {
    this.meter.removeBatchObservableCallback(this.callback, [...this.observables.values()]);
  }

  private create(metric: Metric): void {
    const { meter } = this;
    const options = {
      description: metric.description,
      unit: metric.unit,
      valueType: metric.isWhole ? ValueType.INT : ValueType.DOUBLE,
    };
    if (metric.kind === 'counter') {
      this.counters.set(metric, meter.createCounter(metric.name, options));
    } else if (metric.kind === 'observableCounter') {
      this.observables.set(metric, meter.createObservableCounter(metric.name, options));
    } else if (metric.kind === 'observableUpDownCounter') {
      this.observables.set(metric, meter.createObservableUpDownCounter(metric.name, options));
    }
  }

  private readonly callback: BatchObservableCallback = result => {
    try {
      this.observe(result);
    } catch (error) {
      reportFault('the state of the clients could not be observed', error);
    }
  };

  private observe(result: BatchObservableResult): void {
    const gauges = new Map<Metric, Points>();
    this.read((metric, value, attributes) => {
      const observable = this.observables.get(metric);
      if (observable !== undefined) result.observe(observable, value, attributes);
      if (metric.kind === 'observableUpDownCounter') {
        pointsOf(gauges, metric).set(attributes, value);
      } else if (metric.kind === 'counter') {
        this.count(metric, value, attributes);
      }
    });
    this.endPoints(result, gauges);
  }

  private count(metric: Metric, value: number, attributes: Attributes): void {
    const counted = pointsOf(this.last, metric);
    const before = counted.get(attributes);
    const added = value - (before ?? 0);
    // A point begins with 0 where nothing has been counted yet.
    if (added > 0 || before === undefined) this.counters.get(metric)?.add(added, attributes);
    counted.set(attributes, value);
  }

  /** The SDK goes on exporting the last value of a point that is not observed any more. */
  private endPoints(result: BatchObservableResult, gauges: ReadonlyMap<Metric, Points>): void {
    for (const [metric, observable] of this.observables) {
      if (metric.kind !== 'observableUpDownCounter') continue;
      const points: Points = gauges.get(metric) ?? new Map<Attributes, number>();
      for (const attributes of this.last.get(metric)?.keys() ?? []) {
        if (!points.has(attributes)) result.observe(observable, 0, attributes);
      }
      this.last.set(metric, points);
    }
  }
}

function pointsOf(all: Map<Metric, Points>, metric: Metric): Points {
  let points = all.get(metric);
  if (points === undefined) all.set(metric, (points = new Map<Attributes, number>()));
  return points;
}
