import { NO_DURATIONS, quantile, readDurations, since, sum, type Durations } from './durations';
import type { IMetricReader } from '@opentelemetry/sdk-metrics';

/** The numbers of one operation, or of all together. */
export interface Line {
  readonly operation: string;
  readonly perSecond: number;
  /** In seconds; undefined when there was no call. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  /** Calls since the demo started. */
  readonly count: number;
  /** Failed calls since the demo started, by `error.type`. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface Report {
  /** How long the workload has been running. */
  readonly seconds: number;
  readonly operations: readonly Line[];
  readonly all: Line;
}

/** Makes reports of the metric: rates and quantiles of a window of time, counts since the demo started. */
export class Reporter {
  private readonly startTime = performance.now();
  private lastTime = this.startTime;
  private last: Map<string, Durations>;

  private constructor(
    private readonly reader: IMetricReader,
    private readonly first: Map<string, Durations>,
  ) {
    this.last = first;
  }

  static async start(reader: IMetricReader): Promise<Reporter> {
    return new Reporter(reader, await readDurations(reader));
  }

  /** Reports on the time since the last report. */
  async latest(): Promise<Report> {
    const { lastTime, last } = this;
    this.lastTime = performance.now();
    this.last = await readDurations(this.reader);
    return this.report(this.last, last, this.lastTime - lastTime);
  }

  /** Reports on the whole time. */
  async total(): Promise<Report> {
    return this.report(
      await readDurations(this.reader),
      this.first,
      performance.now() - this.startTime,
    );
  }

  private report(
    now: Map<string, Durations>,
    before: Map<string, Durations>,
    windowMs: number,
  ): Report {
    const line = (operation: string, durations: Durations, earlier = NO_DURATIONS): Line => {
      const window = since(durations, earlier);
      return {
        operation,
        perSecond: window.count / (windowMs / 1000),
        p50: quantile(0.5, window),
        p99: quantile(0.99, window),
        count: durations.count,
        errors: Object.fromEntries(durations.errors),
      };
    };
    const inOrder = [...now].sort(([a], [b]) => a.localeCompare(b));
    return {
      seconds: (performance.now() - this.startTime) / 1000,
      operations: inOrder.map(([operation, durations]) =>
        line(operation, durations, before.get(operation)),
      ),
      all: line('all', all(now), all(before)),
    };
  }
}

function all(byOperation: Map<string, Durations>): Durations {
  return [...byOperation.values()].reduce(sum, NO_DURATIONS);
}
