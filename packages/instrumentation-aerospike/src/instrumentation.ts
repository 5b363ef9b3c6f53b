import { trace, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import { checkConfig } from './config';
import { reportFault } from './diagnostics';
import { Observer } from './observer';
import { classFrom, CLIENT_CLASSES } from './patching/client-classes';
import { ClientPatcher } from './patching/client-patcher';
import { DurationHistogram } from './recording/duration-histogram';
import type { DurationRecorder } from './recording/recorder';
import { SUPPORTED_VERSIONS } from './supported-versions';
import { SpanFactory } from './tracing/span-factory';
import type { AerospikeInstrumentationConfig } from './types';
import { PACKAGE_NAME, PACKAGE_VERSION } from './version';

/** What anybody may have given as the exports of a module. */
type Exports = Readonly<Record<string, unknown>> | null | undefined;

/** What the application has enabled in this process, whichever copy of this package it is of. */
const ENABLED = ((globalThis as Record<symbol, unknown>)[Symbol.for(`${PACKAGE_NAME}.enabled`)] ??=
  new Set()) as Set<AerospikeInstrumentation>;

/**
 * Measures every operation made through the `aerospike` package as `db.client.operation.duration`, and gives it a span.
 *
 * It may be created before or after the application loads `aerospike`, in CommonJS and in ESM.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */
export class AerospikeInstrumentation extends InstrumentationBase<AerospikeInstrumentationConfig> {
  // The base class calls the methods below from its constructor, before any field initializer of this class would run.
  declare private observer: Observer | undefined;
  declare private patcher: ClientPatcher;
  declare private tracerProvider: TracerProvider | undefined;

  /**
   * @param config `enabled` (default true) patches the client at once; otherwise {@link enable} does.
   * @throws TypeError when an option is wrong
   */
  constructor(config: AerospikeInstrumentationConfig = {}) {
    super(PACKAGE_NAME, PACKAGE_VERSION, config);
  }

  protected override init(): InstrumentationNodeModuleDefinition {
    const files = CLIENT_CLASSES.map(
      clientClass =>
        new InstrumentationNodeModuleFile(
          `aerospike/${clientClass.file}`,
          SUPPORTED_VERSIONS,
          (moduleExports: unknown) => {
            const found = classFrom(moduleExports);
            if (found !== undefined) this.patcher.add(clientClass, found);
            return moduleExports;
          },
          // disable() restores every copy of the client, of which this hook knows the last one only.
          () => undefined,
        ),
    );
    return new InstrumentationNodeModuleDefinition(
      'aerospike',
      SUPPORTED_VERSIONS,
      undefined,
      undefined,
      files,
    );
  }

  /**
   * Instruments a client that no module hook can see, such as one that a bundler has put into the application's file.
   *
   * @param aerospike what `require('aerospike')` or `import * as aerospike` gives
   * @throws TypeError when that has no `Client` class
   */
  instrumentModule(aerospike: object): void {
    const exported = aerospike as Exports;
    const main = exported?.Client === undefined ? (exported?.default as Exports) : exported;
    if (classFrom(main?.Client) === undefined) {
      throw new TypeError(
        "instrumentModule: expected the exports of the 'aerospike' module, with its Client class",
      );
    }
    for (const clientClass of CLIENT_CLASSES) {
      const found = classFrom(main?.[clientClass.exportName]);
      if (found !== undefined) this.patcher.add(clientClass, found);
    }
  }

  override enable(): void {
    if (!this.isSeparate()) ENABLED.add(this);
    this.observer?.enable(true);
    super.enable();
    this.patcher.enable();
    for (const other of this.others) other.onOtherEnabled();
  }

  override disable(): void {
    ENABLED.delete(this);
    super.disable();
    this.observer?.enable(false);
    this.patcher.disable();
  }

  /** Called once, when the first copy of the client has been found. */
  protected onFirstClient(): void {
    // Nothing to do: a MeterProvider is set, or not, from outside.
  }

  /** Called when another instrumentation of this process is enabled; its providers may come later. */
  protected onOtherEnabled(): void {
    // Nothing to do: each application decides for itself what it enables.
  }

  /** Whether it records for an exporter of its own only, so that nothing is there twice because of it. */
  protected isSeparate(): boolean {
    return false;
  }

  /** Whether another instrumentation of this process records into the same meter, or in place of that. */
  protected get isRecordedByAnother(): boolean {
    return this.others.some(
      other => other.getConfig().metricProducer !== undefined || other.meter === this.meter,
    );
  }

  /** Whether another instrumentation of this process makes spans, once a TracerProvider is registered. */
  protected get isTracedByAnother(): boolean {
    return this.others.some(other => other.getConfig().tracing !== false);
  }

  private get others(): AerospikeInstrumentation[] {
    return [...ENABLED].filter(other => other !== this);
  }

  /** @throws TypeError when an option is wrong */
  override setConfig(config: AerospikeInstrumentationConfig = {}): void {
    checkConfig(config);
    super.setConfig(config);
    if (this.observer === undefined) return;
    this.observer.recordInto(this.recorder());
    this.observer.traceWith(this.spanFactory());
  }

  override setMeterProvider(meterProvider: MeterProvider): void {
    try {
      super.setMeterProvider(meterProvider);
    } catch (error) {
      reportFault('the MeterProvider gave no meter', error);
    }
  }

  override setTracerProvider(tracerProvider: TracerProvider): void {
    try {
      super.setTracerProvider(tracerProvider);
    } catch (error) {
      reportFault('the TracerProvider gave no tracer', error);
    }
    this.tracerProvider = tracerProvider;
    this.observer?.traceWith(this.spanFactory());
  }

  protected override _updateMetricInstruments(): void {
    if (this.observer === undefined) {
      this.observer = new Observer(this.recorder(), this.spanFactory());
      this.patcher = new ClientPatcher(this.observer, () => {
        this.onFirstClient();
      });
    } else {
      this.observer.recordInto(this.recorder());
    }
  }

  private recorder(): DurationRecorder {
    return this.getConfig().metricProducer ?? new DurationHistogram(this.meter);
  }

  private spanFactory(): SpanFactory {
    return new SpanFactory(this.tracerProvider ?? trace.getTracerProvider(), this.getConfig());
  }
}
