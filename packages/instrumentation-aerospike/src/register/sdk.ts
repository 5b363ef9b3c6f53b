import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { resources } from '../metric-producer/resources';
import type { DurationRecorder } from '../recording/recorder';
import { RecorderGroup } from '../recording/recorder-group';
import type { Settings } from './environment';
import { periodicReader, prometheusReader, type ProducedReader } from './metric-readers';
import type { Notices } from './notices';
import { PrometheusEndpoint } from './prometheus-endpoint';

const { defaultResource, resourceFromAttributes } = resources;

/** An SDK of our own, for a process that has none: what the environment variables ask for. */
export class Sdk {
  /** Each exporter has series of its own, since it has a name and a temporality of its own. */
  readonly recorder: DurationRecorder;
  /** Whether there is something to export when the process ends: nothing where metrics are only served. */
  readonly isExporting: boolean = false;
  private readonly meterProvider: MeterProvider;
  private readonly endpoint: PrometheusEndpoint | undefined;
  private ended: Promise<void> | undefined;

  constructor(settings: Settings, notices: Notices) {
    const readers: ProducedReader[] = [];
    for (const name of new Set(settings.exporters)) {
      if (name === 'none') continue;
      if (name === 'prometheus') {
        const prometheus = prometheusReader(settings);
        this.endpoint = new PrometheusEndpoint(prometheus.reader, settings, notices);
        readers.push(prometheus);
      } else {
        try {
          readers.push(periodicReader(name, settings));
          this.isExporting = true;
        } catch (error) {
          notices.error((error as Error).message);
        }
      }
    }
    this.recorder = new RecorderGroup(readers.map(({ producer }) => producer));
    this.meterProvider = new MeterProvider({
      readers: readers.map(({ reader }) => reader),
      resource: defaultResource().merge(resourceFromAttributes(settings.resourceAttributes)),
    });
  }

  /** Starts to serve; what stands in the way is told, and the application goes on. It may be called more than once. */
  async start(): Promise<void> {
    await this.endpoint?.open();
  }

  /** Exports what has been measured since the last time. */
  flush(): Promise<void> {
    return this.ended ?? this.meterProvider.forceFlush();
  }

  /** Exports what has been measured since the last time, and stops. It may be called more than once. */
  shutdown(): Promise<void> {
    this.ended ??= this.end();
    return this.ended;
  }

  private async end(): Promise<void> {
    await this.endpoint?.close();
    await this.meterProvider.shutdown();
  }
}
