import type { Attributes } from '@opentelemetry/api';
import type { Failure } from '../errors';
import { ATTR_DB_RESPONSE_STATUS_CODE, ATTR_ERROR_TYPE } from '../semconv';

/** The attribute sets of one kind of operation on one target: one for success and one for each way to fail. */
export class OutcomeAttributes {
  private readonly failures = new Map<string, Attributes>();

  /**
   * @param success attributes of an operation that succeeded
   * @param maxFailures how many different failures are kept, so that error classes invented without end cost nothing
   */
  constructor(
    readonly success: Attributes,
    private readonly maxFailures: number,
  ) {}

  failure({ errorType, statusCode }: Failure): Attributes {
    const key = `${errorType} ${statusCode ?? ''}`;
    let attributes = this.failures.get(key);
    if (attributes === undefined) {
      attributes = { ...this.success, [ATTR_ERROR_TYPE]: errorType };
      if (statusCode !== undefined) attributes[ATTR_DB_RESPONSE_STATUS_CODE] = statusCode;
      if (this.failures.size < this.maxFailures) this.failures.set(key, attributes);
    }
    return attributes;
  }
}
