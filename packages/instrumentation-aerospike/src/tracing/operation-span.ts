import { SpanStatusCode, trace, type Context, type HrTime, type Span } from '@opentelemetry/api';
import { hrTimeAfter } from '../hr-time';
import type { SpanScope } from '../recording/recorder';
import type { Outcome } from '../recording/target-outcomes';
import {
  ATTR_DB_RESPONSE_RETURNED_ROWS,
  ATTR_DB_RESPONSE_STATUS_CODE,
  ATTR_ERROR_TYPE,
} from '../semconv';
import type { AerospikeInstrumentationConfig, AerospikeRequestInfo } from '../types';
import { runHook } from './hook';

/** How an operation completed. */
export interface Completion {
  readonly outcome: Outcome;
  /** Undefined on success. */
  readonly error: unknown;
  /** Undefined where the operation returns no list of records. */
  readonly returnedRows: number | undefined;
  readonly durationMs: number;
}

/** The span of one operation. */
export class OperationSpan implements SpanScope {
  private ownContext: Context | undefined;

  /**
   * @param parent the context that the span was started in
   * @param info what hooks are told, where there are any
   */
  constructor(
    private readonly span: Span,
    private readonly parent: Context,
    private readonly startTime: HrTime,
    private readonly info: AerospikeRequestInfo | undefined,
    private readonly config: AerospikeInstrumentationConfig,
  ) {}

  get context(): Context {
    this.ownContext ??= trace.setSpan(this.parent, this.span);
    return this.ownContext;
  }

  end({ outcome, error, returnedRows, durationMs }: Completion): void {
    const { span, info } = this;
    if (span.isRecording()) {
      if (returnedRows !== undefined) {
        span.setAttribute(ATTR_DB_RESPONSE_RETURNED_ROWS, returnedRows);
      }
      if (ATTR_ERROR_TYPE in outcome.attributes) this.fail(outcome, error);
      if (info !== undefined) {
        runHook('responseHook', this.config.responseHook, span, { ...info, error, returnedRows });
      }
    }
    span.end(hrTimeAfter(this.startTime, durationMs));
  }

  private fail({ attributes }: Outcome, error: unknown): void {
    const { span } = this;
    for (const name of [ATTR_ERROR_TYPE, ATTR_DB_RESPONSE_STATUS_CODE]) {
      const value = attributes[name];
      if (value !== undefined) span.setAttribute(name, value);
    }
    const message =
      this.config.captureErrorMessages === true
        ? (error as { readonly message?: unknown } | null | undefined)?.message
        : undefined;
    span.setStatus({
      code: SpanStatusCode.ERROR,
      ...(typeof message === 'string' && { message }),
    });
  }
}
