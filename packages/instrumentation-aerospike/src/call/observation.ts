import { AsyncResource } from 'node:async_hooks';
import { failureOf, type ErrorConversion, type Failure } from '../aerospike/failure';
import type { Operation } from '../aerospike/operation';
import { monotonicNow } from '../clock';
import { claim, type CallRecord } from '../coexistence';
import { reportFault } from '../diagnostics';
import { METRICS, type HistogramMetric } from '../series/metrics';
import type { Series } from '../series/recorder';
import type { TargetSeries } from '../series/target-series';
import { OperationSpan } from '../tracing/operation-span';
import type { SpanFactory } from '../tracing/span-factory';

/** How an operation has completed. */
interface Completion {
  /** Undefined on success. */
  readonly error: unknown;
  /** Undefined on success. */
  readonly failure: Failure | undefined;
  /** Of an error that the native client has reported. */
  readonly conversion: ErrorConversion | undefined;
  readonly durationMs: number;
}

/** The life of one operation: it starts when it is made and completes once, whatever is reported afterwards. */
export class Observation {
  /** The asynchronous context of the caller, where it is kept. */
  caller: AsyncResource | undefined = undefined;
  /** Whether the method has called the one that it leaves its work to. */
  isDelegated = false;
  /** What the native client has thrown instead of taking the command. */
  refusal: { readonly error: unknown } | undefined = undefined;
  private isUnderWay = false;
  private isComplete = false;
  /** Of an operation that has completed before its method returned. */
  private earlyCompletion: Completion | undefined = undefined;
  private rows = 0;
  private span: OperationSpan | undefined = undefined;

  /**
   * @param spans gives the operation a span; undefined where none is wanted
   * @param wantsRows whether the number of rows that it returns is recorded
   * @param record what all instrumentations know of the call; undefined where there is but one
   * @param startTime of {@link monotonicNow}
   */
  constructor(
    readonly operation: Operation,
    private readonly targetSeries: TargetSeries,
    private readonly spans: SpanFactory | undefined,
    private readonly wantsRows: boolean,
    readonly record: CallRecord | undefined,
    private readonly startTime: number,
  ) {}

  /**
   * Starts the span, now that the method has returned: whoever else observes the call, and was there first, has given it
   * one by now. What the native client has refused at once is recorded now too.
   */
  methodReturned(args: readonly unknown[]): void {
    this.isUnderWay = true;
    this.span = this.spans?.start(this.operation, this.targetSeries, args, this.record);
    if (this.earlyCompletion !== undefined) this.finish(this.earlyCompletion);
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

  /** Whether anybody wants to know how many rows the operation returns. */
  get countsRows(): boolean {
    return this.wantsRows && this.operation.returnsRows === true;
  }

  addRows(count: number): void {
    this.rows += count;
  }

  succeed(): void {
    if (!this.isComplete) this.complete(undefined, undefined);
  }

  /**
   * @param error what the client threw, rejected with or passed to a callback
   * @param failure what it stands for, where the error alone does not tell
   * @param conversion where the error is what the native client has reported
   */
  fail(error: unknown, failure?: Failure, conversion?: ErrorConversion): void {
    if (!this.isComplete) this.complete(error, failure ?? failureOf(error), conversion);
  }

  private complete(
    error: unknown,
    failure: Failure | undefined,
    conversion?: ErrorConversion,
  ): void {
    this.isComplete = true;
    if (!this.isUnderWay) clearPendingException();
    const durationMs = Math.max(0, monotonicNow() - this.startTime);
    const completion = { error, failure, conversion, durationMs };
    if (this.isUnderWay) this.finish(completion);
    else this.earlyCompletion = completion;
  }

  private finish({ error, failure, conversion, durationMs }: Completion): void {
    const { targetSeries, span, countsRows, rows } = this;
    // The native client keeps what observes a stream that has failed, and with it this observation.
    this.span = undefined;
    this.earlyCompletion = undefined;
    const hasFailed = failure !== undefined;
    try {
      const series = hasFailed ? targetSeries.failure(failure) : targetSeries.success();
      try {
        this.recordValue(METRICS.operationDuration, series.duration, durationMs / 1000, span);
        if (countsRows && !hasFailed) {
          this.recordValue(METRICS.returnedRows, series.of(METRICS.returnedRows), rows, span);
        }
      } finally {
        const { attributes } = series;
        const returnedRows = countsRows ? rows : undefined;
        span?.end({ attributes, hasFailed, error, conversion, returnedRows, durationMs });
      }
    } catch (fault) {
      reportFault('the completion of an operation could not be recorded', fault);
    }
  }

  private recordValue(
    metric: HistogramMetric,
    series: Series,
    value: number,
    span: OperationSpan | undefined,
  ): void {
    const { record } = this;
    if (record === undefined) {
      series.record(value, span);
    } else if (claim(record, metric.name, this.targetSeries.destination)) {
      series.record(value, span ?? OperationSpan.scopeIn(record));
    }
  }
}

/**
 * The native client can call back at once, while an exception of its own is pending. That surfaces where the next native
 * function returns, which would be anywhere: in the client's own callback it would end the process.
 */
function clearPendingException(): void {
  try {
    process.uptime();
  } catch {
    // It is what the client reports anyway.
  }
}
