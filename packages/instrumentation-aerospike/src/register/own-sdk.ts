import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { AerospikePrometheusExporter } from '../prometheus/aerospike-prometheus-exporter';
import { addOwn, joinPrimary, servedHere, wantServed } from '../processes/cluster';
import type { Refusal } from '../processes/messages';
import { Endpoint, isPortTaken, sayNotServed } from '../prometheus/endpoint';
import { Slot } from '../prometheus/slots';
import { clusterEndpoint, setOwnServer } from '../prometheus/sums-server';
import { say } from '../notices';
import type { MetricStorage } from '../series/metric-storage';
import type { Recorder } from '../series/recorder';
import { RecorderGroup } from '../series/recorder-group';
import type { MetricsExporterName, Settings } from './environment';
import { periodicReader, prometheusReader, type ProducedReader } from './metric-readers';
import { resourceFor } from './resource';

const ENDPOINT = '/metrics';
const LEFT = 'left to the metrics server of the application';

/** An SDK of our own, for a process that has none: what the environment variables ask for. */
export class OwnSdk {
  /** Each exporter adds up for itself, since it has a name and a temporality of its own. */
  readonly recorder: Recorder;
  /** Whether there is something to export when the process ends: nothing where metrics are only served. */
  readonly isExporting: boolean = false;
  /** One for each exporter, since not all have the same resource. */
  private readonly meterProviders: readonly MeterProvider[];
  private readonly exporter: AerospikePrometheusExporter | undefined;
  private opened: Promise<Slot | undefined> | undefined;
  private ended: Promise<void> | undefined;
  private endpoint: string | undefined;
  /** Where the metrics of each exporter are, for the summary. */
  private readonly places = new Map<MetricsExporterName, string>();

  constructor(private readonly settings: Settings) {
    const storages: MetricStorage[] = [];
    const meterProviders: MeterProvider[] = [];
    for (const name of new Set(settings.exporters)) {
      if (name === 'none') {
        this.places.set(name, 'nowhere, since OTEL_METRICS_EXPORTER=none');
        continue;
      }
      try {
        let made: ProducedReader;
        if (name === 'prometheus') {
          const prometheus = prometheusReader(settings);
          this.exporter = prometheus.reader;
          this.places.set(name, 'not served yet');
          made = prometheus;
        } else {
          made = periodicReader(name, settings);
          this.isExporting = true;
          this.places.set(name, placeOf(name, settings));
        }
        storages.push(made.storage);
        const resource = resourceFor(name, settings);
        meterProviders.push(new MeterProvider({ readers: [made.reader], resource }));
      } catch (error) {
        const { message } = error as Error;
        say('missing', message);
        this.places.set(name, `nowhere, since ${message}`);
      }
    }
    this.recorder = new RecorderGroup(storages);
    this.meterProviders = meterProviders;
  }

  /** Where this process has served its metrics itself; undefined where it has not, or has left the port. */
  get endpointUrl(): string | undefined {
    return this.endpoint;
  }

  /** Where the metrics are: a line for each exporter. */
  get whereabouts(): string[] {
    return [...this.places.values()];
  }

  /** Starts to serve; what stands in the way is told, and the application goes on. It may be called more than once. */
  async start(): Promise<void> {
    if (this.exporter === undefined) return;
    this.opened ??= this.open(this.exporter);
    await this.opened;
  }

  /** Exports what has been measured since the last time. */
  flush(): Promise<void> {
    return this.ended ?? this.all(provider => provider.forceFlush());
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
    await this.all(provider => provider.shutdown());
  }

  private async all(work: (provider: MeterProvider) => Promise<void>): Promise<void> {
    await Promise.all(this.meterProviders.map(work));
  }

  /** Undefined where others serve, or nobody can. */
  private async open(exporter: AerospikePrometheusExporter): Promise<Slot | undefined> {
    const { host, port, resourceAttributes } = this.settings;
    const { storage } = exporter.metricProducer;
    try {
      const request = { host, port, endpoint: ENDPOINT, resource: resourceAttributes };
      const joining = joinPrimary(storage);
      wantServed(request);
      const primary = await joining;
      if (primary !== undefined) {
        const { url, isNew, isElsewhere } = await primary.serve(request);
        if (isNew) say('servedForAll', url);
        if (isElsewhere) say('servedElsewhere', url);
        this.servedAt(`${url}, by the primary of the cluster`);
        return undefined;
      }
      exporter.source = () => servedHere(storage);
      const ofCluster = clusterEndpoint();
      if (ofCluster !== undefined) {
        addOwn(storage);
        this.servedAt(ofCluster.url);
        return undefined;
      }
      const slot = await this.openSlot(exporter);
      setOwnServer({ exporter, slot });
      return slot;
    } catch (error) {
      const isTaken = isPortTaken(error);
      const reason = isTaken ? `port ${port} on ${host} is taken` : (error as Error).message;
      this.places.set('prometheus', `nowhere, since ${reason}`);
      // Another worker of this cluster has said it.
      if ((error as Partial<Refusal>).isRepeated === true) return undefined;
      // The application has started a metrics server of ours there.
      if (isTaken && Endpoint.isOwn(port)) this.places.set('prometheus', LEFT);
      else sayNotServed({ host, port }, error);
      return undefined;
    }
  }

  private servedAt(url: string): void {
    this.places.set('prometheus', `at ${url}`);
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
        this.servedAt(endpoint.url);
        this.endpoint = endpoint.url;
        endpoint.yieldToApplication(() => {
          const { port } = endpoint.address;
          this.places.set('prometheus', LEFT);
          this.endpoint = undefined;
          say('portLeft', String(port));
        });
      },
    );
  }
}

function placeOf(
  name: MetricsExporterName,
  { otlpProtocol, exportIntervalMillis }: Settings,
): string {
  const how = name === 'otlp' ? `by OTLP (${otlpProtocol})` : `to the ${name}`;
  return `exported ${how} every ${exportIntervalMillis} ms, and when the process ends`;
}
