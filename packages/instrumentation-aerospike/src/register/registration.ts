import { metrics, type Attributes } from '@opentelemetry/api';
import { describeClients } from '../patching/found-clients';
import { isAnyEnabled, watch } from '../coexistence';
import { reportFault } from '../diagnostics';
import { AerospikeInstrumentation } from '../instrumentation';
import { lazy } from '../lazy';
import { say } from '../notices';
import { isNoop, MeterRecorder } from '../series/meter-recorder';
import { METRICS, type HistogramMetric, type Metric } from '../series/metrics';
import type { Read } from '../series/observed';
import type { Recorder, Series } from '../series/recorder';
import type * as ProcessEnd from '../processes/process-end';
import { addToSummary, delaySummary, saySummarySoon, type Findings, type Source } from '../summary';
import { switchedOffBy } from '../switches';
import { decide, type Decision } from './decision';
import { showDiagnostics } from './diagnostics-log';
import type { Settings } from './environment';
import type * as OwnSdks from './own-sdk';
import { sayWithoutEffect } from './without-effect';

// A process that never loads aerospike is spared half of what /register takes to load.
const ownSdks = lazy(() => require('./own-sdk') as typeof OwnSdks);
const processEnd = lazy(() => require('../processes/process-end') as typeof ProcessEnd);

/**
 * Has an instrumentation, and decides where that records. A process that never loads `aerospike`, such as npm's own
 * under NODE_OPTIONS, takes no port.
 */
export class Registration {
  /** Undefined as long as there is none. */
  private decision: Decision | undefined;
  private sdk: OwnSdks.OwnSdk | undefined;
  /** The MeterProvider that the last decision was made with. */
  private seen: object | undefined;

  private constructor(
    private readonly instrumentation: AerospikeInstrumentation,
    private readonly settings: Settings,
  ) {}

  /** @param read reads the environment, once the first client is there: the application may set variables until then */
  static start(read: () => Settings): void {
    const offFromTheStart = switchedOffBy(process.env);
    if (offFromTheStart !== undefined) {
      // No hook of OpenTelemetry's comes with an instrumentation that is not made.
      addToSummary(() => ({
        client: describeClients(),
        metrics: [`nowhere, since ${offFromTheStart}`],
      }));
      return;
    }
    const instrumentation = new AerospikeInstrumentation({ enabled: false });
    let where: Source = () => ({ metrics: ['nowhere, since there is no client to be measured'] });
    instrumentation.onFirstClient(() => {
      const settings = read();
      const { disabledBy } = settings;
      if (disabledBy === undefined) {
        const registration = new Registration(instrumentation, settings);
        where = () => registration.findings();
        registration.begin();
      } else {
        instrumentation.disable();
        where = () => ({ metrics: [`nowhere, since ${disabledBy}`] });
        saySummarySoon();
      }
    });
    instrumentation.enable();
    addToSummary(() => ({ client: describeClients(), ...where() }));
  }

  private begin(): void {
    this.settle();
    this.settleSoon();
    watch(() => {
      this.settleSoon();
    });
  }

  /** The application may be about to set up an SDK itself. */
  private settleSoon(): void {
    const settled = new Promise<void>(resolve => {
      setImmediate(() => {
        this.settle();
        resolve(this.start());
      });
    });
    delaySummary(settled).catch((error: unknown) => {
      reportFault('the metrics could not be served', error);
    });
  }

  private async start(): Promise<void> {
    if (this.decision !== 'serving') return;
    sayWithoutEffect(this.settings);
    await this.sdk?.start();
  }

  /** Where the metrics are, for the summary. */
  private findings(): Findings {
    switch (this.decision) {
      case undefined:
        return {};
      case 'serving':
        return {
          MeterProvider: ["/register's own"],
          metrics: this.sdk?.whereabouts ?? [],
        };
      case 'joinedProvider':
        return {
          metrics: [
            `${this.durationName} in the MeterProvider that is registered, which exports them`,
          ],
        };
      case 'leftToApplication':
        return { metrics: ['left to the AerospikeInstrumentation of the application'] };
    }
  }

  /** Decides again, and does what follows. */
  private settle(): void {
    const provider = metrics.getMeterProvider();
    this.seen = provider;
    const decision = decide(this.decision, {
      hasMeterProvider: !isNoop(provider),
      hasProducer: isAnyEnabled(participant => participant.hasProducer()),
    });
    if (decision === this.decision) return;
    this.decision = decision;
    this.follow[decision]();
  }

  /** What follows from a decision. */
  private readonly follow: Readonly<Record<Decision, () => void>> = {
    serving: () => {
      this.recordInto(this.serve());
    },
    joinedProvider: () => {
      this.recordInto(this.joinProvider());
      this.endSdk();
    },
    leftToApplication: () => {
      this.instrumentation.disable();
      say('leftToApplication');
      this.endSdk();
    },
  };

  private joinProvider(): Recorder {
    const { boundaries } = this.settings;
    const name = this.durationName;
    const recorder = new MeterRecorder(() => metrics.getMeterProvider(), { name, boundaries });
    // One that fails is told of by the recorder.
    if (recorder.refresh()) say('joinedProvider', name);
    return recorder;
  }

  /** Of the metric, in a MeterProvider that is joined. */
  private get durationName(): string {
    const { metricName, isPrometheusAlone } = this.settings;
    const { operationDuration } = METRICS;
    // That exporter adds no unit to a name, and our dashboard, rules and queries have one.
    const alone = isPrometheusAlone ? operationDuration.prometheusName : undefined;
    return metricName ?? alone ?? operationDuration.name;
  }

  private serve(): Recorder {
    showDiagnostics();
    this.sdk = new (ownSdks().OwnSdk)(this.settings);
    if (this.sdk.isExporting) processEnd().exportAtEnd(this.sdk);
    return this.sdk.recorder;
  }

  private recordInto(recorder: Recorder): void {
    const { returnedRows, clientMetrics, requireParentSpan, captureErrorMessages } = this.settings;
    this.instrumentation.setConfig({
      returnedRows,
      clientMetrics,
      requireParentSpan,
      captureErrorMessages,
      metricProducer: new WatchingRecorder(recorder, () => {
        if (metrics.getMeterProvider() !== this.seen) this.settle();
      }),
    });
  }

  private endSdk(): void {
    const { sdk } = this;
    if (sdk === undefined) return;
    this.sdk = undefined;
    const tell = () => {
      if (sdk.endpointUrl !== undefined) say('endpointClosed', sdk.endpointUrl);
    };
    sdk
      .shutdown()
      .then(tell)
      .catch((error: unknown) => {
        reportFault('the SDK could not be stopped', error);
      });
  }
}

/** Looks before each operation whether the application has registered another MeterProvider. */
class WatchingRecorder implements Recorder {
  constructor(
    private readonly recorder: Recorder,
    private readonly look: () => void,
  ) {}

  refresh(): boolean {
    this.look();
    return this.recorder.refresh();
  }

  get destination(): object {
    return this.recorder.destination;
  }

  series(metric: HistogramMetric, attributes: Attributes): Series {
    return this.recorder.series(metric, attributes);
  }

  observe(metrics: readonly Metric[], read: Read): () => void {
    return this.recorder.observe(metrics, read);
  }
}
