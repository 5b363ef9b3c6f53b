import cluster from 'node:cluster';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { AerospikePrometheusExporter } from '../prometheus/aerospike-prometheus-exporter';
import { Endpoint, EndpointError } from '../prometheus/endpoint';
import { resources } from '../sdk/resources';
import type { Recorder } from '../series/recorder';
import { RecorderGroup } from '../series/recorder-group';
import type { Settings } from './environment';
import { periodicReader, prometheusReader, type ProducedReader } from './metric-readers';
import type { Notices } from './notices';

const { defaultResource, resourceFromAttributes } = resources;

/** Every worker of a cluster serves its own numbers, on the next free port after the configured one. */
const FURTHER_PORTS_OF_WORKERS = 64;
const MAX_PORT = 65535;

/** An SDK of our own, for a process that has none: what the environment variables ask for. */
export class OwnSdk {
  /** Each exporter adds up for itself, since it has a name and a temporality of its own. */
  readonly recorder: Recorder;
  /** Whether there is something to export when the process ends: nothing where metrics are only served. */
  readonly isExporting: boolean = false;
  private readonly meterProvider: MeterProvider;
  private readonly exporter: AerospikePrometheusExporter | undefined;
  private opened: Promise<Endpoint | undefined> | undefined;
  private ended: Promise<void> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly notices: Notices,
  ) {
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
        notices.error((error as Error).message);
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
    const endpoint = await this.opened;
    await endpoint?.close();
    await this.meterProvider.shutdown();
  }

  private async open(exporter: AerospikePrometheusExporter): Promise<Endpoint | undefined> {
    const { host, port } = this.settings;
    const furtherPorts = cluster.isWorker && port !== 0 ? FURTHER_PORTS_OF_WORKERS : 0;
    const lastPort = Math.min(port + furtherPorts, MAX_PORT);
    try {
      const endpoint = await openFirstFree(exporter, host, port, lastPort);
      this.notices.info(`metrics at ${endpoint.url}`);
      endpoint.yieldToApplication(() => {
        const { port } = endpoint.address;
        this.notices.info(`leaving port ${port} to the metrics server of the application`);
      });
      return endpoint;
    } catch (error) {
      const isOne = lastPort === port;
      const ports = isOne ? `port ${port}` : `ports ${port} to ${lastPort}`;
      this.notices.error(
        error instanceof EndpointError && error.isTaken
          ? `${ports} on ${host} ${isOne ? 'is' : 'are'} taken: no metrics are served; set OTEL_EXPORTER_PROMETHEUS_PORT to a free port`
          : `metrics cannot be served on ${host}, ${ports} (${(error as Error).message}); ` +
              'see OTEL_EXPORTER_PROMETHEUS_HOST and OTEL_EXPORTER_PROMETHEUS_PORT',
      );
      return undefined;
    }
  }
}

async function openFirstFree(
  exporter: AerospikePrometheusExporter,
  host: string,
  port: number,
  lastPort: number,
): Promise<Endpoint> {
  try {
    return await Endpoint.open({ host, port, endpoint: '/metrics' }, (request, response) => {
      exporter.getMetricsRequestHandler(request, response);
    });
  } catch (error) {
    const isTaken = error instanceof EndpointError && error.isTaken;
    if (!isTaken || port >= lastPort) throw error;
    return openFirstFree(exporter, host, port + 1, lastPort);
  }
}
