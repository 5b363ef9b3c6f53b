import { SpanStatusCode, type Context, type Span } from '@opentelemetry/api';
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
  /** Of `performance.now()`. */
  readonly endTime: number;
}

/** The span of one operation. */
export class OperationSpan {
  /**
   * @param context in which the span is the active one
   * @param info what hooks are told, where there are any
   */
  constructor(
    private readonly span: Span,
    readonly context: Context,
    private readonly info: AerospikeRequestInfo | undefined,
    private readonly config: AerospikeInstrumentationConfig,
  ) {}

  end({ outcome, error, returnedRows, endTime }: Completion): void {
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
    span.end(endTime);
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
