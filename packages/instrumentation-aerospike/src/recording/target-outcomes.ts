import type { Attributes } from '@opentelemetry/api';
import type { Failure } from '../errors';
import { ATTR_DB_RESPONSE_STATUS_CODE, ATTR_ERROR_TYPE } from '../semconv';
import type { DurationRecorder, DurationSeries } from './recorder';

/** What an operation works on. What is unknown is undefined. */
export interface OperationTarget {
  readonly namespace: string | undefined;
  readonly set: string | undefined;
  /** `db.operation.name` */
  readonly operation: string;
  readonly storedProcedure: string | undefined;
}

/** One way in which an operation on a target ended, and where its duration is recorded. */
export interface Outcome {
  readonly attributes: Attributes;
  readonly series: DurationSeries;
}

/** The outcomes of one operation on one target: success, and each way to fail. They are made when they first occur. */
export class TargetOutcomes {
  private successful: Outcome | undefined;
  /** Made with the first failure: most targets have none. */
  private failed: Map<string, Outcome> | undefined;

  /**
   * @param attributes of the operation, whatever its outcome
   * @param maxFailures how many different failures are kept, so that error classes invented without end cost nothing
   */
  constructor(
    readonly target: OperationTarget,
    readonly attributes: Attributes,
    private readonly recorder: DurationRecorder,
    private readonly maxFailures: number,
  ) {}

  success(): Outcome {
    this.successful ??= this.outcome(this.attributes);
    return this.successful;
  }

  failure({ errorType, statusCode }: Failure): Outcome {
    const key = `${errorType} ${statusCode ?? ''}`;
    this.failed ??= new Map();
    let outcome = this.failed.get(key);
    if (outcome === undefined) {
      const attributes: Attributes = { ...this.attributes, [ATTR_ERROR_TYPE]: errorType };
      if (statusCode !== undefined) attributes[ATTR_DB_RESPONSE_STATUS_CODE] = statusCode;
      outcome = this.outcome(attributes);
      if (this.failed.size < this.maxFailures) this.failed.set(key, outcome);
    }
    return outcome;
  }

  private outcome(attributes: Attributes): Outcome {
    return { attributes, series: this.recorder.series(attributes) };
  }
}
