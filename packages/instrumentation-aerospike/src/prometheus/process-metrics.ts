import { isDeepStrictEqual } from 'node:util';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { TEXT_FORMATS, type TextFormat } from '../exposition/accept';
import { AerospikeInstrumentation } from '../instrumentation';
import { say } from '../notices';
import {
  BOUNDARIES,
  checkOptions,
  DEFAULT_PROMETHEUS_PORT,
  oneOf,
  optionError,
  PORT,
  text,
  type Kind,
  type Kinds,
} from '../option-kinds';
import { addOwn, joinPrimary, servedHere, wantServed } from '../processes/cluster';
import type { ServeRequest } from '../processes/messages';
import type { Worker } from '../processes/worker';
import { METRICS } from '../series/metrics';
import { addToSummary, delaySummary, removeFromSummary, type Source } from '../summary';
import { AerospikePrometheusExporter } from './aerospike-prometheus-exporter';
import type { ScrapeAddress } from './endpoint';
import { OneAtATime } from './one-at-a-time';
import { Slot } from './slots';
import { clusterEndpoint, setOwnServer } from './sums-server';

/** Options of {@link startMetricsServer}. */
export interface MetricsServerOptions {
  /** Port to listen on; 0 picks a free one. Default: 9464. */
  port?: number;
  /** Address to listen on; `0.0.0.0` for scrapes from other machines. Default: `localhost`. */
  host?: string;
  /** Path of the metrics; every other one gets 404. Default: `/metrics`. */
  endpoint?: string;
  /**
   * Upper bounds of the histogram's buckets in seconds, rising. They cannot be changed any more once metrics are
   * collected. Default: 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10.
   */
  boundaries?: readonly number[];
}

/** Options of {@link getMetrics}. */
export interface MetricsOptions {
  /**
   * Prometheus' text format 0.0.4, or OpenMetrics 1.0 with exemplars. OpenMetrics is without the `# EOF` that an answer
   * ends with, so that other metrics can come before that. Default: `text`.
   */
  format?: TextFormat;
}

/** A running metrics server. */
export interface MetricsServer {
  /** The address it listens on, as it was given. */
  readonly host: string;
  /** The port it listens on, also when 0 was asked for. */
  readonly port: number;
  /** What Prometheus scrapes, such as `http://localhost:9464/metrics`. */
  readonly url: string;
  /** Stops this server; the metrics go on being collected. Does nothing once another one has replaced it. */
  close(): Promise<void>;
}

/** A path with which a request for it comes. */
const PATH: Kind = {
  allowed: "the path of a URL, which starts with '/'",
  accepts: value =>
    typeof value === 'string' &&
    value.startsWith('/') &&
    new URL(`http://localhost${value}`).pathname === value,
  parse: () => undefined,
};

const OPTIONS: Kinds<MetricsServerOptions> = {
  port: PORT,
  host: text('a host name or an IP address'),
  endpoint: PATH,
  boundaries: BOUNDARIES,
};

const METRICS_OPTIONS: Kinds<MetricsOptions> = { format: oneOf(TEXT_FORMATS) };

const DONE = Promise.resolve();

/** The metrics of a process that has set up no SDK for them, and the server where they are scraped. */
export class ProcessMetrics {
  private collecting: Collecting | undefined;
  /** What this process, a worker, has had its primary serve. */
  private readonly inPrimary: MetricsServer[] = [];
  private running: RunningServer | undefined;
  /** Starts and stops. */
  private readonly changes = new OneAtATime();

  start(options: MetricsServerOptions): Promise<MetricsServer> {
    return delaySummary(this.startServer(options));
  }

  private async startServer(options: MetricsServerOptions): Promise<MetricsServer> {
    checkOptions(options, OPTIONS);
    const {
      port = DEFAULT_PROMETHEUS_PORT,
      host = 'localhost',
      endpoint = '/metrics',
      boundaries,
    } = options;
    const { exporter, worker } = this.collect(boundaries);
    const request = { port, host, endpoint, resource: {} };
    wantServed(request);
    const primary = await worker;
    if (primary !== undefined) {
      const server = await startInPrimary(primary, request);
      this.inPrimary.push(server);
      return server;
    }
    return this.changes.run(async () => {
      const inCluster = clusterEndpoint();
      if (inCluster !== undefined) {
        addOwn(exporter.metricProducer.storage);
        return { host, port: inCluster.address.port, url: inCluster.url, close: () => DONE };
      }
      const server = await this.replace({ port, host, endpoint }, exporter);
      const close = () => this.changes.run(() => this.close(server));
      return { host, port: server.slot.port, url: server.slot.url, close };
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.inPrimary.splice(0).map(server => server.close()));
    await this.changes.run(() => this.close(this.running));
  }

  async text(options: MetricsOptions): Promise<string> {
    checkOptions(options, METRICS_OPTIONS);
    const { format = 'text' } = options;
    const { exporter, worker } = this.collect();
    const primary = await worker;
    if (primary === undefined) return exporter.text(format);
    try {
      return await primary.text(format);
    } catch {
      say('primarySilent');
      return exporter.text(format);
    }
  }

  /** Stops, and collects no more metrics: what the one of a process never does, but each one of a test. */
  async shutdown(): Promise<void> {
    await this.stop();
    await this.collecting?.shutdown();
    this.collecting = undefined;
    removeFromSummary(this.findings);
  }

  private readonly findings: Source = () => {
    const url = this.running?.slot.url ?? this.inPrimary.at(-1)?.url ?? clusterEndpoint()?.url;
    return {
      MeterProvider: ["/prometheus's own"],
      metrics: [url === undefined ? 'collected for getMetrics()' : `at ${url}`],
    };
  };

  private collect(boundaries?: readonly number[]): Collecting {
    if (this.collecting === undefined) addToSummary(this.findings);
    this.collecting ??= new Collecting(boundaries ?? METRICS.operationDuration.boundaries);
    const current = this.collecting.boundaries;
    if (boundaries !== undefined && !isDeepStrictEqual([...boundaries], [...current])) {
      const allowed = `those that are in use, ${current.join(', ')}, once metrics are collected`;
      throw optionError('boundaries', allowed, boundaries);
    }
    return this.collecting;
  }

  /** Opens an endpoint before it closes the old one, unless the old one itself is in the way. */
  private async replace(
    address: ScrapeAddress,
    exporter: AerospikePrometheusExporter,
  ): Promise<RunningServer> {
    const open = (at: ScrapeAddress) =>
      Slot.open(at, (request, response) => {
        exporter.getMetricsRequestHandler(request, response);
      });
    const old = this.running;
    if (old?.slot.mayBeAt(address.port) !== true) {
      this.running = { slot: await open(address) };
      await old?.slot.close();
    } else {
      await old.slot.close();
      try {
        this.running = { slot: await open(address) };
      } catch (error) {
        this.running = undefined;
        old.slot = await open(old.slot.addressAgain);
        this.running = old;
        throw error;
      }
    }
    const { slot } = this.running;
    setOwnServer({ exporter, slot });
    return this.running;
  }

  private async close(server: RunningServer | undefined): Promise<void> {
    if (this.running === server) {
      this.running = undefined;
      setOwnServer(undefined);
    }
    await server?.slot.close();
  }
}

async function startInPrimary(primary: Worker, request: ServeRequest): Promise<MetricsServer> {
  const { host, port, url, isElsewhere } = await primary.serve(request);
  if (isElsewhere) say('servedElsewhere', url);
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await primary.closeServer();
  };
  return { host, port, url, close };
}

/** What one call of `start` began, and may end: its endpoint is another one after a replacement that failed. */
interface RunningServer {
  slot: Slot;
}

/** An instrumentation, and an SDK of its own that it records into. */
class Collecting {
  readonly exporter: AerospikePrometheusExporter;
  private readonly instrumentation: AerospikeInstrumentation;
  /** Its primary, in a worker of a cluster that adds up. */
  readonly worker: Promise<Worker | undefined>;
  private readonly meterProvider: MeterProvider;

  constructor(readonly boundaries: readonly number[]) {
    this.exporter = new AerospikePrometheusExporter({ boundaries, preventServerStart: true });
    const { storage } = this.exporter.metricProducer;
    this.exporter.source = () => servedHere(storage);
    this.worker = joinPrimary(storage);
    this.meterProvider = new MeterProvider({ readers: [this.exporter] });
    this.instrumentation = new AerospikeInstrumentation({
      // Spans are for an instrumentation that is registered: beside this one there may be one.
      tracing: false,
      metricProducer: storage,
    });
  }

  async shutdown(): Promise<void> {
    this.instrumentation.disable();
    await this.meterProvider.shutdown();
  }
}
