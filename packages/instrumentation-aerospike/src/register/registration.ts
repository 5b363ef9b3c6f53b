import { createRequire } from 'node:module';
import { metrics, trace, DiagLogLevel, type MeterProvider } from '@opentelemetry/api';
import { reportFault } from '../diagnostics';
import { AerospikeInstrumentation } from '../instrumentation';
import { DurationHistogram } from '../recording/duration-histogram';
import { PACKAGE_NAME } from '../version';
import type { Settings } from './environment';
import { exportAtEnd } from './lifecycle';
import { showDiagnostics, type Notices } from './notices';
import type { Sdk } from './sdk';

/**
 * Registers the instrumentation, and with the first `aerospike` that the application loads the SDK: that which is
 * registered by then, or one of our own. A process that never loads `aerospike`, such as npm's own under NODE_OPTIONS,
 * takes no port.
 */
export class Registration extends AerospikeInstrumentation {
  /** Ours, unless one was registered already when the first `aerospike` was loaded. */
  private sdk: Sdk | undefined;
  private joined: MeterProvider | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly notices: Notices,
    private readonly logLevel: DiagLogLevel,
  ) {
    super({ enabled: false });
  }

  protected override onFirstClient(): void {
    if (!this.joinRegistered()) this.sdk = this.createSdk();
    this.leaveToOthers();
    this.settleSoon();
  }

  protected override onOtherEnabled(): void {
    // Before the first client there is nothing to settle.
    if (this.sdk !== undefined || this.joined !== undefined) this.settleSoon();
  }

  private createSdk(): Sdk {
    // Otherwise later: a logger of the application's would be told at length that it takes the place of ours.
    if (this.logLevel >= DiagLogLevel.DEBUG) showDiagnostics(this.logLevel);
    // Only now: a process that never loads aerospike is spared half of what /register takes to load.
    const sdkModule = createRequire(__filename)('./sdk') as typeof import('./sdk');
    const sdk = new sdkModule.Sdk(this.settings, this.notices);
    this.setConfig({ ...this.getConfig(), metricProducer: sdk.recorder });
    if (sdk.isExporting) exportAtEnd(sdk);
    return sdk;
  }

  /** The application may be about to set up an SDK itself. */
  private settleSoon(): void {
    setImmediate(() => {
      this.settle().catch((error: unknown) => {
        reportFault('the SDK could not be started or stopped', error);
      });
    });
  }

  private async settle(): Promise<void> {
    const hasJoined = this.joinRegistered();
    this.leaveToOthers();
    if (hasJoined) {
      await this.sdk?.shutdown();
    } else {
      showDiagnostics(this.logLevel);
      await this.sdk?.start();
    }
  }

  /** Spans go to the TracerProvider that is registered, whoever serves the metrics. */
  private joinRegistered(): boolean {
    this.setTracerProvider(trace.getTracerProvider());
    const registered = metrics.getMeterProvider();
    if (registered === this.joined) return true;
    if (!isReal(registered)) return false;
    this.joined = registered;
    this.setConfig({ ...this.getConfig(), metricProducer: undefined });
    this.setMeterProvider(registered);
    this.notices.info('measuring into the MeterProvider that is registered already');
    return true;
  }

  /** Where the application has set up this instrumentation itself, nothing is there twice. */
  private leaveToOthers(): void {
    if (!this.isEnabled()) return;
    if (this.joined !== undefined && this.isRecordedByAnother) {
      this.disable();
      this.notices.info('leaving that to the AerospikeInstrumentation of the application');
    } else if (this.isTracedByAnother) {
      this.setConfig({ ...this.getConfig(), tracing: false });
    }
  }
}

/** Whether a MeterProvider does anything with what is measured. */
function isReal(meterProvider: MeterProvider): boolean {
  try {
    return new DurationHistogram(meterProvider.getMeter(PACKAGE_NAME)).isActive;
  } catch {
    // Somebody has set it up, and setMeterProvider() tells what is wrong with it.
    return true;
  }
}
