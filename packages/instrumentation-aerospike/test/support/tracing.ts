import { context, trace, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type Sampler,
} from '@opentelemetry/sdk-trace';

/** A tracing SDK of its own, whose spans are read whenever a test asks. */
export class Tracing {
  readonly provider: TracerProvider;
  private readonly exporter = new InMemorySpanExporter();

  constructor(options: { readonly sampler?: Sampler } = {}) {
    this.provider = new TracerProvider({
      ...options,
      spanProcessors: [new SimpleSpanProcessor({ exporter: this.exporter })],
    });
  }

  /** Every span that has ended, in the order in which they did. */
  get spans(): ReadableSpan[] {
    return this.exporter.getFinishedSpans();
  }

  /** The spans of this package. */
  get operations(): ReadableSpan[] {
    return this.spans.filter(
      ({ instrumentationScope }) =>
        instrumentationScope.name === 'opentelemetry-instrumentation-aerospike',
    );
  }

  /** Forgets the spans that have ended. */
  clear(): void {
    this.exporter.reset();
  }

  /** Runs something within a span of the application's. */
  within<Result>(run: (span: Span) => Result): Result {
    const span = this.provider.getTracer('application').startSpan('application');
    return context.with(trace.setSpan(context.active(), span), run, undefined, span);
  }

  shutdown(): Promise<void> {
    return this.provider.shutdown();
  }
}

/** Lets OpenTelemetry's context follow asynchronous calls while the tests of a suite run, as an SDK does. */
export function followContext(): void {
  before(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  after(() => {
    context.disable();
  });
}
