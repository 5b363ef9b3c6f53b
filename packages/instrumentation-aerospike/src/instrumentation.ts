import { metrics, trace, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import { setFailingProvidersAside } from './api-globals';
import { Observer, type Destinations } from './call/observer';
import { UnmeasuredOperations } from './call/unmeasured-operations';
import { ClientObserver } from './client-state/client-observer';
import { announceDisabled, announceEnabled, isAnyEnabled, type Participant } from './coexistence';
import { checkConfig } from './config';
import { reportFault } from './diagnostics';
import { explained } from './door';
import { findingsOf } from './findings';
import { classFrom, CLIENT_CLASSES } from './patching/client-classes';
import { ClientPatcher } from './patching/client-patcher';
import { tellOfPortSharedByWorkers } from './processes/port-shared-by-workers';
import { isMeasured } from './patching/loaded-classes';
import { isNoop, MeterRecorder } from './series/meter-recorder';
import type { Recorder } from './series/recorder';
import {
  addToSummary,
  noteOperation,
  removeFromSummary,
  saySummarySoon,
  type Source,
} from './summary';
import { metricsUnwantedBy } from './switches';
import { SpanFactory } from './tracing/span-factory';
import type { AerospikeInstrumentationConfig } from './types';
import { PACKAGE_NAME, PACKAGE_VERSION } from './version';

/** Unsupported ones too, so that they can be reported. */
const EVERY_VERSION = ['*'];

/** What anybody may have given as the exports of a module. */
type Exports = Readonly<Record<string, unknown>> | null | undefined;

/**
 * Measures every operation made through the `aerospike` package as `db.client.operation.duration`, and gives it a span.
 *
 * It may be created before or after the application loads `aerospike`, in CommonJS and in ESM.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */
export class AerospikeInstrumentation extends InstrumentationBase<AerospikeInstrumentationConfig> {
  // The base class calls the methods below from its constructor, before any field initializer of this class would run.
  declare private parts: Parts | undefined;
  /** What somebody has set; undefined: those that are registered globally, now or later. */
  declare private meterProvider: MeterProvider | undefined;
  declare private tracerProvider: TracerProvider | undefined;

  /**
   * Begins to measure at once, unless `enabled` is false: then {@link enable} does.
   *
   * @throws TypeError when an option is wrong or unknown
   */
  constructor(config: AerospikeInstrumentationConfig = {}) {
    const bringBack = setFailingProvidersAside();
    try {
      super(PACKAGE_NAME, PACKAGE_VERSION, config);
      // These ask too, and what fails is told of when there is a client.
      if (bringBack !== undefined) this.parts ??= this.makeParts();
    } catch (error) {
      throw explained(PACKAGE_NAME, ['@opentelemetry/instrumentation'], error);
    } finally {
      bringBack?.();
    }
    if (bringBack !== undefined) this.own.observer.sendTo(this.destinations());
  }

  protected override init(): InstrumentationNodeModuleDefinition {
    const files = CLIENT_CLASSES.map(
      clientClass =>
        new InstrumentationNodeModuleFile(
          `aerospike/${clientClass.file}`,
          EVERY_VERSION,
          (moduleExports: unknown, version?: string) => {
            const found = classFrom(moduleExports);
            const isSeen = found !== undefined && (version === undefined || isMeasured(version));
            if (isSeen) this.own.patcher.add(clientClass, found);
            return moduleExports;
          },
          // disable() restores every copy of the client, of which this hook knows the last one only.
          () => undefined,
        ),
    );
    const onMain = (moduleExports: unknown, version?: string): unknown => {
      if (version !== undefined) isMeasured(version);
      return moduleExports;
    };
    return new InstrumentationNodeModuleDefinition(
      'aerospike',
      EVERY_VERSION,
      onMain,
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
      if (found !== undefined) this.own.patcher.add(clientClass, found, main);
    }
  }

  /** @internal Calls back, once, when the first client has been found: at once, if that has happened. */
  onFirstClient(listener: () => void): void {
    this.own.patcher.onFirst(listener);
  }

  /** Goes on to measure, with what was loaded meanwhile too. */
  override enable(): void {
    const { observer, clients, patcher, participant, findings } = this.own;
    observer.setEnabled(true);
    clients.setEnabled(true);
    super.enable();
    patcher.enable();
    announceEnabled(participant);
    addToSummary(findings);
  }

  /** Restores the client in every respect: nothing of this package is called any more. */
  override disable(): void {
    const { observer, clients, patcher, participant, findings } = this.own;
    removeFromSummary(findings);
    announceDisabled(participant);
    super.disable();
    observer.setEnabled(false);
    clients.setEnabled(false);
    patcher.disable();
  }

  /**
   * Replaces all options, from the next operation on: those that are left out have their defaults again.
   *
   * @throws TypeError when an option is wrong or unknown
   */
  override setConfig(config: AerospikeInstrumentationConfig = {}): void {
    checkConfig(config);
    super.setConfig(config);
    if (this.parts === undefined) return;
    const destinations = this.destinations();
    this.parts.observer.sendTo(destinations);
    this.parts.clients.sendTo(this.clientsInto(destinations.recorder));
  }

  /**
   * Where metrics go from the next operation on, as `registerInstrumentations` sets it. One that is registered globally,
   * or stands for none, leaves room for what is registered globally later.
   */
  override setMeterProvider(meterProvider: MeterProvider): void {
    try {
      super.setMeterProvider(meterProvider);
      tellOfPortSharedByWorkers(meterProvider);
    } catch (error) {
      reportFault('the MeterProvider gave no meter', error);
    }
    const isReplaceable = meterProvider === metrics.getMeterProvider() || isNoop(meterProvider);
    this.meterProvider = isReplaceable ? undefined : meterProvider;
  }

  /** Where spans go from the next operation on, as `registerInstrumentations` sets it. */
  override setTracerProvider(tracerProvider: TracerProvider): void {
    try {
      super.setTracerProvider(tracerProvider);
    } catch (error) {
      reportFault('the TracerProvider gave no tracer', error);
    }
    this.tracerProvider = tracerProvider;
    this.parts?.observer.sendTo(this.destinations());
  }

  private get own(): Parts {
    this.parts ??= this.makeParts();
    return this.parts;
  }

  private makeParts(): Parts {
    const meterRecorder = new MeterRecorder(() => this.meterProvider ?? metrics.getMeterProvider());
    const recorder = () => this.getConfig().metricProducer ?? meterRecorder;
    const clients: ClientObserver = new ClientObserver(() => participant);
    const unmeasured = new UnmeasuredOperations(
      () =>
        recorder().refresh() ||
        // One that fails is there all the same, and what is wrong with it has been reported.
        !isNoop(this.meterProvider ?? metrics.getMeterProvider()) ||
        this.destinations().spans.isActive ||
        // What is not recorded then, somebody does not want.
        this.getConfig().metricProducer !== undefined ||
        metricsUnwantedBy(process.env) !== undefined ||
        !this.isEnabled() ||
        isAnyEnabled(other => other !== participant),
    );
    const observer = new Observer(
      this.destinationsWith(recorder()),
      client => {
        clients.add(client);
        noteOperation();
        saySummarySoon();
      },
      unmeasured,
    );
    const patcher = new ClientPatcher(observer, () => clients.state);
    const participant: Participant = {
      // Only a producer that the application has made has this method: other parts of this package give their storage.
      hasProducer: () => 'collect' in recorder(),
      clientsInto: () => clients.destination,
    };
    clients.sendTo(this.clientsInto(recorder()));
    const findings: Source = () =>
      findingsOf({
        classes: patcher.classes,
        meterProvider: this.meterProvider ?? metrics.getMeterProvider(),
        recorder: recorder(),
        isRecorderGiven: this.getConfig().metricProducer !== undefined,
        spans: this.destinations().spans,
      });
    return { meterRecorder, observer, clients, patcher, participant, findings };
  }

  private clientsInto(recorder: Recorder): Recorder | undefined {
    return this.getConfig().clientMetrics === false ? undefined : recorder;
  }

  private destinations(): Destinations {
    return this.destinationsWith(this.getConfig().metricProducer ?? this.own.meterRecorder);
  }

  private destinationsWith(recorder: Recorder): Destinations {
    const config = this.getConfig();
    return {
      recorder,
      spans: new SpanFactory(this.tracerProvider ?? trace.getTracerProvider(), config),
      returnedRows: config.returnedRows === true,
    };
  }
}

interface Parts {
  readonly meterRecorder: MeterRecorder;
  readonly observer: Observer;
  readonly clients: ClientObserver;
  readonly patcher: ClientPatcher;
  readonly participant: Participant;
  /** What it adds to the summary. */
  readonly findings: Source;
}
