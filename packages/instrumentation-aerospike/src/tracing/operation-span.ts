import {
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type HrTime,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { isInDoubt, type ErrorConversion } from '../aerospike/failure';
import type { CallHooks, CallRecord } from '../coexistence';
import { hrTimeAfter } from '../hr-time';
import {
  ATTR_AEROSPIKE_ERROR_IN_DOUBT,
  ATTR_DB_RESPONSE_RETURNED_ROWS,
  ATTR_DB_RESPONSE_STATUS_CODE,
  ATTR_ERROR_TYPE,
} from '../semconv';
import type { SpanScope } from '../series/recorder';

/** What a span says of the completion of its operation. */
export interface SpanCompletion {
  /** Those of the operation and its outcome. */
  readonly attributes: Attributes;
  readonly hasFailed: boolean;
  /** Undefined on success. */
  readonly error: unknown;
  /** Where the error is not yet the one that the application gets. */
  readonly conversion: ErrorConversion | undefined;
  /** Undefined where rows are not counted. */
  readonly returnedRows: number | undefined;
  readonly durationMs: number;
}

/** The span of one operation. */
export class OperationSpan implements SpanScope {
  private ownContext: Context | undefined;

  /**
   * @param parent the context that the span was started in
   * @param hooks to run before it ends
   */
  constructor(
    private readonly span: Span,
    private readonly parent: Context,
    private readonly startTime: HrTime,
    private readonly hooks: readonly CallHooks[],
    private readonly captureErrorMessages: boolean,
  ) {}

  /** The span that another instrumentation has given a call. */
  static scopeIn({ spans: [first] }: CallRecord): SpanScope | undefined {
    if (first === undefined) return undefined;
    return { spanContext: first.span.spanContext(), context: first.context };
  }

  get spanContext(): SpanContext {
    return this.span.spanContext();
  }

  get context(): Context {
    this.ownContext ??= trace.setSpan(this.parent, this.span);
    return this.ownContext;
  }

  end(completion: SpanCompletion): void {
    const { span } = this;
    const { attributes, hasFailed, returnedRows, durationMs } = completion;
    if (span.isRecording()) {
      const error = this.errorOf(completion);
      if (returnedRows !== undefined) {
        span.setAttribute(ATTR_DB_RESPONSE_RETURNED_ROWS, returnedRows);
      }
      if (hasFailed) this.fail(attributes, error);
      for (const { onEnd } of this.hooks) onEnd(span, error, returnedRows);
    }
    span.end(hrTimeAfter(this.startTime, durationMs));
  }

  /** The error that the application gets, where somebody reads it. */
  private errorOf({ error, hasFailed, conversion }: SpanCompletion): unknown {
    const isRead = hasFailed && (this.captureErrorMessages || this.hooks.length > 0);
    return isRead && conversion !== undefined ? conversion(error) : error;
  }

  private fail(attributes: Attributes, error: unknown): void {
    const { span } = this;
    for (const name of [ATTR_ERROR_TYPE, ATTR_DB_RESPONSE_STATUS_CODE]) {
      const value = attributes[name];
      if (value !== undefined) span.setAttribute(name, value);
    }
    if (isInDoubt(error)) span.setAttribute(ATTR_AEROSPIKE_ERROR_IN_DOUBT, true);
    const message = this.captureErrorMessages
      ? (error as { readonly message?: unknown } | null | undefined)?.message
      : undefined;
    span.setStatus({
      code: SpanStatusCode.ERROR,
      ...(typeof message === 'string' && { message }),
    });
  }
}
