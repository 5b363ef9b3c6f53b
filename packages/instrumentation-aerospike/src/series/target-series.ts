import type { Attributes } from '@opentelemetry/api';
import type { Failure } from '../aerospike/failure';
import { DEFAULT_PORT, type ServerAddress } from '../aerospike/server-address';
import { ATTR_DB_RESPONSE_STATUS_CODE, ATTR_ERROR_TYPE, ERROR_TYPE_VALUE_OTHER } from '../semconv';
import { METRICS, type HistogramMetric } from './metrics';
import type { Recorder, Series } from './recorder';

/** What an operation works on. What is unknown is undefined. */
export interface Target {
  readonly namespace: string | undefined;
  readonly set: string | undefined;
  /** `db.operation.name` */
  readonly operation: string;
  readonly storedProcedure: string | undefined;
}

/** The series of operations on a target that completed with the same outcome: success, or one way to fail. */
export class OutcomeSeries {
  readonly duration: Series;
  private others: Map<HistogramMetric, Series> | undefined;

  constructor(
    readonly attributes: Attributes,
    private readonly recorder: Recorder,
  ) {
    this.duration = recorder.series(METRICS.operationDuration, attributes);
  }

  /** The series of a metric that not every operation has. */
  of(metric: HistogramMetric): Series {
    this.others ??= new Map();
    let series = this.others.get(metric);
    if (series === undefined) {
      series = this.recorder.series(metric, this.attributes);
      this.others.set(metric, series);
    }
    return series;
  }
}

/** The series of one operation on one target: of success, and of each way to fail. They are made when they first occur. */
export class TargetSeries {
  private successful: OutcomeSeries | undefined;
  /** Made with the first failure: most targets have none. */
  private failed: Map<string, OutcomeSeries> | undefined;
  private ownSpanName: string | undefined;

  /**
   * @param attributes of the operation, whatever its outcome
   * @param maxFailures how many different failures are kept, so that error classes invented without end cost nothing
   */
  constructor(
    readonly target: Target,
    readonly server: ServerAddress,
    readonly attributes: Attributes,
    private readonly recorder: Recorder,
    private readonly maxFailures: number,
  ) {}

  /** What the series end in. */
  get destination(): object {
    return this.recorder.destination;
  }

  /** The name of the operations' spans: made with the first one, and the same text for all of them. */
  get spanName(): string {
    this.ownSpanName ??= spanNameOf(this.target, this.server);
    return this.ownSpanName;
  }

  success(): OutcomeSeries {
    this.successful ??= new OutcomeSeries(this.attributes, this.recorder);
    return this.successful;
  }

  failure({ errorType = ERROR_TYPE_VALUE_OTHER, statusCode }: Failure): OutcomeSeries {
    const key = `${errorType} ${statusCode ?? ''}`;
    this.failed ??= new Map();
    let series = this.failed.get(key);
    if (series === undefined) {
      const attributes: Attributes = { ...this.attributes, [ATTR_ERROR_TYPE]: errorType };
      if (statusCode !== undefined) attributes[ATTR_DB_RESPONSE_STATUS_CODE] = statusCode;
      series = new OutcomeSeries(Object.freeze(attributes), this.recorder);
      if (this.failed.size < this.maxFailures) this.failed.set(key, series);
    }
    return series;
  }
}

/** `{operation} {target}`, where the target is the most specific of what is known. */
function spanNameOf(target: Target, server: ServerAddress): string {
  const { operation, namespace, set, storedProcedure } = target;
  const name = set ?? storedProcedure ?? namespace;
  if (name !== undefined) return `${operation} ${name}`;
  const { address, port = DEFAULT_PORT } = server;
  return address === undefined ? operation : `${operation} ${address}:${port}`;
}
