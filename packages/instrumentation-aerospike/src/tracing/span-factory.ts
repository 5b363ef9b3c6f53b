import { context, SpanKind, trace, type Attributes, type TracerProvider } from '@opentelemetry/api';
import type { Operation } from '../aerospike/operation';
import { epochNow } from '../clock';
import type { CallRecord } from '../coexistence';
import { reportFailing } from '../diagnostics';
import { hrTimeOf } from '../hr-time';
import { ATTR_DB_OPERATION_BATCH_SIZE } from '../semconv';
import type { TargetSeries } from '../series/target-series';
import type { AerospikeInstrumentationConfig } from '../types';
import { hooksFor, hooksOf } from './hooks';
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

  /** Whether spans are made as soon as a TracerProvider is registered. */
  get isWanted(): boolean {
    return this.config.tracing !== false;
  }

  /** Whether a span goes anywhere: false as long as no TracerProvider is registered. */
  get isActive(): boolean {
    return this.isWanted && this.source.tracer !== undefined;
  }

  /** The TracerProvider that is registered or set; undefined where there is none that does anything. */
  get provider(): object | undefined {
    return this.source.active;
  }

  /** Adds the hooks of this configuration to those that are to run on the one span of a call. */
  addHooks(
    operation: Operation,
    { target }: TargetSeries,
    args: readonly unknown[],
    record: CallRecord,
  ): void {
    const hooks = hooksOf(this.config, this.source.provider, operation, target, args);
    if (hooks !== undefined) record.hooks.push(hooks);
  }

  /**
   * Starts a span whose parent is the active one. Undefined when nobody wants it, when the call has one already, or
   * when it cannot be started: the operation is measured all the same.
   */
  start(
    operation: Operation,
    targetSeries: TargetSeries,
    args: readonly unknown[],
    record: CallRecord | undefined,
  ): OperationSpan | undefined {
    try {
      return this.startSpan(operation, targetSeries, args, record);
    } catch (error) {
      reportFailing('TracerProvider', error);
      return undefined;
    }
  }

  private startSpan(
    operation: Operation,
    targetSeries: TargetSeries,
    args: readonly unknown[],
    record: CallRecord | undefined,
  ): OperationSpan | undefined {
    const { config, source } = this;
    const { tracer, provider } = source;
    if (tracer === undefined) return undefined;
    if (record?.spans.some(each => each.provider === provider)) return undefined;
    const parent = context.active();
    if (config.requireParentSpan === true && trace.getSpan(parent) === undefined) return undefined;
    // The end follows from it and the measured duration: so both are one measurement, with one clock.
    const startTime = hrTimeOf(epochNow());
    const { attributes, target } = targetSeries;
    const options = {
      kind: SpanKind.CLIENT,
      attributes: spanAttributes(attributes, operation.isBatch ? args[0] : undefined),
      startTime,
    };
    const span = tracer.startSpan(targetSeries.spanName, options, parent);
    const own =
      record === undefined ? hooksOf(config, provider, operation, target, args) : undefined;
    const hooks = hooksFor(provider, own, record);
    const made = new OperationSpan(
      span,
      parent,
      startTime,
      hooks,
      config.captureErrorMessages === true,
    );
    record?.spans.push({ provider, span, context: made.context });
    if (span.isRecording()) for (const { onStart } of hooks) onStart(span);
    return made;
  }
}

/** @param items of a batch */
function spanAttributes(attributes: Attributes, items: unknown): Attributes {
  // Some tracers, such as Sentry's, add to what they are given.
  const own = { ...attributes };
  // The conventions have no size for a batch of one, which is an ordinary operation in their eyes.
  if (Array.isArray(items) && items.length !== 1) own[ATTR_DB_OPERATION_BATCH_SIZE] = items.length;
  return own;
}
