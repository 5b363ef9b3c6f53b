import { context, SpanKind, trace, type Attributes, type TracerProvider } from '@opentelemetry/api';
import { reportFault } from '../diagnostics';
import { hrTimeOf } from '../hr-time';
import type { Operation } from '../operations/operation';
import type { OperationTarget, TargetOutcomes } from '../recording/target-outcomes';
import { ATTR_DB_OPERATION_BATCH_SIZE } from '../semconv';
import type { AerospikeInstrumentationConfig } from '../types';
import { runHook } from './hook';
import { OperationSpan } from './operation-span';
import { TracerSource } from './tracer-source';

/** Starts the spans of operations, as the configuration has them. */
export class SpanFactory {
  private readonly source: TracerSource;

  constructor(
    provider: TracerProvider,
    private readonly config: AerospikeInstrumentationConfig,
  ) {
    this.source = new TracerSource(provider);
  }

  /** Whether a span goes anywhere: false as long as no TracerProvider is registered. */
  get isActive(): boolean {
    return this.config.tracing !== false && this.source.tracer !== undefined;
  }

  /**
   * Starts a span whose parent is the active one. Undefined when nobody wants it, or when it cannot be started: the
   * operation is measured all the same.
   */
  start(
    operation: Operation,
    outcomes: TargetOutcomes,
    args: readonly unknown[],
  ): OperationSpan | undefined {
    try {
      return this.startSpan(operation, outcomes, args);
    } catch (error) {
      reportFault('a span could not be started', error);
      return undefined;
    }
  }

  private startSpan(
    operation: Operation,
    { target, attributes }: TargetOutcomes,
    args: readonly unknown[],
  ): OperationSpan | undefined {
    const { tracer } = this.source;
    const { requireParentSpan, requestHook, responseHook } = this.config;
    const parent = context.active();
    if (tracer === undefined) return undefined;
    if (requireParentSpan === true && trace.getSpan(parent) === undefined) return undefined;
    // The end follows from it and the measured duration: so both are one measurement, with one clock.
    const startTime = hrTimeOf(Date.now());
    const options = {
      kind: SpanKind.CLIENT,
      attributes: operation.isBatch ? withBatchSize(attributes, args[0]) : attributes,
      startTime,
    };
    const span = tracer.startSpan(spanName(target), options, parent);
    // Without a hook nobody reads what it would be told.
    const info =
      requestHook === undefined && responseHook === undefined
        ? undefined
        : { ...target, args: operation.isConfidential ? undefined : args };
    if (info !== undefined && span.isRecording()) runHook('requestHook', requestHook, span, info);
    return new OperationSpan(span, parent, startTime, info, this.config);
  }
}

/** `{operation} {namespace}.{set}`, as far as they are known. */
function spanName({ operation, namespace, set }: OperationTarget): string {
  if (set === undefined) return namespace === undefined ? operation : `${operation} ${namespace}`;
  return namespace === undefined ? `${operation} ${set}` : `${operation} ${namespace}.${set}`;
}

/** The conventions have no size for a batch of one, which is an ordinary operation in their eyes. */
function withBatchSize(attributes: Attributes, items: unknown): Attributes {
  return Array.isArray(items) && items.length > 1
    ? { ...attributes, [ATTR_DB_OPERATION_BATCH_SIZE]: items.length }
    : attributes;
}
