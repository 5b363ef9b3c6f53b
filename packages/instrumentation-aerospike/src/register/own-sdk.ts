import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { AerospikePrometheusExporter } from '../prometheus/aerospike-prometheus-exporter';
import { addOwn, joinPrimary, servedHere } from '../processes/cluster';
import { RefusedError } from '../processes/messages';
import { Endpoint } from '../prometheus/endpoint';
import { Slot } from '../prometheus/slots';
import { clusterEndpoint, setOwnServer } from '../prometheus/sums-server';
import { tell } from '../diagnostics';
import { say } from '../notices';
import { resources } from '../sdk/resources';
import type { Recorder } from '../series/recorder';
import { RecorderGroup } from '../series/recorder-group';
import type { Settings } from './environment';
import { periodicReader, prometheusReader, type ProducedReader } from './metric-readers';

const { defaultResource, resourceFromAttributes } = resources;

const ENDPOINT = '/metrics';

/** An SDK of our own, for a process that has none: what the environment variables ask for. */
export class OwnSdk {
  /** Each exporter adds up for itself, since it has a name and a temporality of its own. */
  readonly recorder: Recorder;
  /** Whether there is something to export when the process ends: nothing where metrics are only served. */
  readonly isExporting: boolean = false;
  private readonly meterProvider: MeterProvider;
  private readonly exporter: AerospikePrometheusExporter | undefined;
  private opened: Promise<Slot | undefined> | undefined;
  private ended: Promise<void> | undefined;

  constructor(private readonly settings: Settings) {
    const readers: ProducedReader[] = [];
    for (const name of new Set(settings.exporters)) {
      if (name === 'none') continue;
      try {
        if (name === 'prometheus') {
          const prometheus = prometheusReader(settings);
          this.exporter = prometheus.reader;
          readers.push(prometheus);
        } else {
          readers.push(periodicReader(name, settings));
          this.isExporting = true;
        }
      } catch (error) {
        say('missing', (error as Error).message);
      }
    }
    this.recorder = new RecorderGroup(readers.map(({ storage }) => storage));
    this.meterProvider = new MeterProvider({
      readers: readers.map(({ reader }) => reader),
      resource: defaultResource().merge(resourceFromAttributes(settings.resourceAttributes)),
    });
  }

  /** Starts to serve; what stands in the way is told, and the application goes on. It may be called more than once. */
  async start(): Promise<void> {
    if (this.exporter === undefined) return;
    this.opened ??= this.open(this.exporter);
    await this.opened;
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
    const slot = await this.opened;
    if (slot !== undefined) setOwnServer(undefined);
    await slot?.close();
    await this.meterProvider.shutdown();
  }

  /** Undefined where others serve, or nobody can. */
  private async open(exporter: AerospikePrometheusExporter): Promise<Slot | undefined> {
    const { host, port, resourceAttributes } = this.settings;
    const { storage } = exporter.metricProducer;
    try {
      const primary = await joinPrimary(storage, tell);
      if (primary !== undefined) {
        const request = { host, port, endpoint: ENDPOINT, resource: resourceAttributes };
        const { url, isNew, isElsewhere } = await primary.serve(request);
        if (isNew) say('servedForAll', url);
        if (isElsewhere) say('servedElsewhere', url);
        return undefined;
      }
      exporter.source = () => servedHere(storage);
      if (clusterEndpoint() !== undefined) {
        addOwn(storage);
        return undefined;
      }
      const slot = await this.openSlot(exporter);
      setOwnServer({ exporter, slot });
      return slot;
    } catch (error) {
      if (error instanceof RefusedError && error.isRepeated) return undefined;
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      // The application has started a metrics server of ours there.
      if (isTaken && Endpoint.isOwn(port)) return undefined;
      if (isTaken) say('portTaken', host, String(port));
      else say('notServed', host, String(port), (error as Error).message);
      return undefined;
    }
  }

  private openSlot(exporter: AerospikePrometheusExporter): Promise<Slot> {
    const { host, port } = this.settings;
    return Slot.open(
      { host, port, endpoint: ENDPOINT },
      (request, response) => {
        exporter.getMetricsRequestHandler(request, response);
      },
      endpoint => {
        say('served', endpoint.url);
        endpoint.yieldToApplication(() => {
          const { port } = endpoint.address;
          say('portLeft', String(port));
        });
      },
    );
  }
}
