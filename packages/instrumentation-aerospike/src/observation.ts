import type { Attributes } from '@opentelemetry/api';
import { diag } from '@opentelemetry/api';
import type { Failure } from './errors';
import type { Operation } from './operations/operation';
import type { DurationHistogram } from './recording/duration-histogram';
import type { OutcomeAttributes } from './recording/outcome-attributes';
import { PACKAGE_NAME } from './version';

/** The life of one operation: it starts when it is made and completes once, whatever is reported afterwards. */
export class Observation {
  private readonly startTime = performance.now();
  private isComplete = false;

  constructor(
    readonly operation: Operation,
    private readonly attributes: OutcomeAttributes,
    private readonly histogram: DurationHistogram,
  ) {}

  succeed(): void {
    this.complete(this.attributes.success);
  }

  fail(failure: Failure): void {
    this.complete(this.attributes.failure(failure));
  }

  private complete(attributes: Attributes): void {
    if (this.isComplete) return;
    this.isComplete = true;
    try {
      this.histogram.record((performance.now() - this.startTime) / 1000, attributes);
    } catch (error) {
      diag.error(`${PACKAGE_NAME}: the duration of an operation could not be recorded`, error);
    }
  }
}
