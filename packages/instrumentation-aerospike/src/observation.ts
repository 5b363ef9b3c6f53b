import { AsyncResource } from 'node:async_hooks';
import { reportFault } from './diagnostics';
import { failureOf, type Failure } from './errors';
import type { Operation } from './operations/operation';
import type { TargetOutcomes } from './recording/target-outcomes';
import type { OperationSpan } from './tracing/operation-span';

/** The life of one operation: it starts when it is made and completes once, whatever is reported afterwards. */
export class Observation {
  /** The asynchronous context of the caller, where it is kept. */
  caller: AsyncResource | undefined = undefined;
  private isComplete = false;
  private returnedRows: number | undefined;

  /** @param startTime of `performance.now()` */
  constructor(
    readonly operation: Operation,
    private readonly outcomes: TargetOutcomes,
    private span: OperationSpan | undefined,
    private readonly startTime: number,
  ) {
    this.returnedRows = operation.isStream === true ? 0 : undefined;
  }

  /** Keeps the asynchronous context of the caller for what the client calls back: the native client loses it. */
  keepCaller(): AsyncResource {
    this.caller ??= new AsyncResource('Aerospike');
    return this.caller;
  }

  /** Lets go of the caller's context, with all that it holds, when nothing more will be called back. */
  releaseCaller(): void {
    this.caller = undefined;
  }

  /** Whether anybody wants to know how many records the operation returns. */
  get countsRows(): boolean {
    return this.span !== undefined;
  }

  addRows(count: number): void {
    this.returnedRows = (this.returnedRows ?? 0) + count;
  }

  succeed(): void {
    if (!this.isComplete) this.complete(false, undefined);
  }

  /**
   * @param error what the client threw, rejected with or passed to a callback
   * @param failure what it stands for, where the error alone does not tell
   */
  fail(error: unknown, failure?: Failure): void {
    if (!this.isComplete) this.complete(true, error, failure);
  }

  private complete(hasFailed: boolean, error: unknown, failure?: Failure): void {
    this.isComplete = true;
    const durationMs = performance.now() - this.startTime;
    const { outcomes, span, returnedRows } = this;
    // The native client keeps what observes a stream that has failed, and with it this observation.
    this.span = undefined;
    try {
      const outcome = hasFailed
        ? outcomes.failure(failure ?? failureOf(error))
        : outcomes.success();
      try {
        outcome.series.record(durationMs / 1000, span);
      } finally {
        span?.end({ outcome, error, returnedRows, durationMs });
      }
    } catch (fault) {
      reportFault('the end of an operation could not be recorded', fault);
    }
  }
}
