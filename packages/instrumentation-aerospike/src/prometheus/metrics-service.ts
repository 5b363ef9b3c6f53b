import { isDeepStrictEqual } from 'node:util';
import { expectOptions, optionError } from '../option-error';
import { isRising, RISING_SECONDS } from '../recording/boundaries';
import { DEFAULT_BOUNDARIES } from '../recording/duration-histogram';
import { MetricsPipeline } from './metrics-pipeline';
import { ScrapeEndpoint, type ScrapeAddress } from './scrape-endpoint';
import { clearPort } from './yielding-ports';

/** Options of {@link startMetricsServer}. */
export interface MetricsServerOptions {
  /** Port to listen on; 0 picks a free one. Default: 9464. */
  port?: number;
  /** Address to listen on. Default: `localhost`; `0.0.0.0` for scrapes from other machines. */
  host?: string;
  /** Path of the metrics. Default: `/metrics`. */
  endpoint?: string;
  /**
   * Upper bounds of the histogram's buckets in seconds, rising. They cannot be changed any more once metrics are
   * collected. Default: 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10.
   */
  boundaries?: readonly number[];
}

/** A running metrics server. */
export interface MetricsServer {
  readonly host: string;
  /** The port it listens on, also when 0 was asked for. */
  readonly port: number;
  /** What Prometheus scrapes, such as `http://localhost:9464/metrics`. */
  readonly url: string;
  /** Stops the server; the metrics go on being collected. */
  close(): Promise<void>;
}

const MAX_PORT = 65535;

/** Serves the metrics of this process, and keeps them when the server changes. */
export class MetricsService {
  private pipeline: MetricsPipeline | undefined;
  private running: RunningServer | undefined;
  /** Starting and stopping happen one after the other, in the order in which they were asked for. */
  private lastChange: Promise<unknown> = Promise.resolve();

  async start(options: MetricsServerOptions): Promise<MetricsServer> {
    expectOptions(options);
    const address = addressOf(options);
    const { exporter } = this.collect(options.boundaries);
    const serve: Serve = (request, response) => {
      exporter.getMetricsRequestHandler(request, response);
    };
    return this.inTurn(async () => {
      const server = await this.replace(address, serve);
      const { address: actual, url } = server.endpoint;
      const close = () => this.inTurn(() => this.close(server));
      return { host: actual.host, port: actual.port, url, close };
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.close(this.running));
  }

  text(): Promise<string> {
    return this.collect().text();
  }

  /** Stops, and collects no more metrics: what the one of a process never does, but each one of a test. */
  async shutdown(): Promise<void> {
    await this.stop();
    await this.pipeline?.shutdown();
    this.pipeline = undefined;
  }

  private collect(boundaries?: readonly number[]): MetricsPipeline {
    if (boundaries !== undefined && !isRising(boundaries)) {
      throw optionError('boundaries', RISING_SECONDS, boundaries);
    }
    this.pipeline ??= new MetricsPipeline(boundaries ?? DEFAULT_BOUNDARIES);
    const current = this.pipeline.boundaries;
    if (boundaries !== undefined && !isDeepStrictEqual([...boundaries], [...current])) {
      const allowed = `those that are in use, ${current.join(', ')}, once metrics are collected`;
      throw optionError('boundaries', allowed, boundaries);
    }
    return this.pipeline;
  }

  private inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.lastChange.then(change);
    this.lastChange = result.catch(() => undefined);
    return result;
  }

  /** Opens an endpoint before it closes the old one, unless the old one itself is in the way. */
  private async replace(address: ScrapeAddress, serve: Serve): Promise<RunningServer> {
    const old = this.running;
    if (old?.endpoint.address.port !== address.port) {
      this.running = { endpoint: await open(address, serve) };
      await old?.endpoint.close();
      return this.running;
    }
    await old.endpoint.close();
    try {
      this.running = { endpoint: await open(address, serve) };
    } catch (error) {
      this.running = undefined;
      old.endpoint = await open(old.endpoint.address, serve);
      this.running = old;
      throw error;
    }
    return this.running;
  }

  private async close(server: RunningServer | undefined): Promise<void> {
    if (this.running === server) this.running = undefined;
    await server?.endpoint.close();
  }
}

/** What one call of `start` began, and may end: its endpoint is another one after a replacement that failed. */
interface RunningServer {
  endpoint: ScrapeEndpoint;
}

type Serve = Parameters<typeof ScrapeEndpoint.open>[1];

function addressOf({
  port = 9464,
  host = 'localhost',
  endpoint = '/metrics',
}: MetricsServerOptions): ScrapeAddress {
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw optionError('port', `a whole number from 0 to ${MAX_PORT}`, port);
  }
  if (typeof host !== 'string' || host === '') {
    throw optionError('host', 'a host name or an IP address', host);
  }
  if (typeof endpoint !== 'string' || !isPath(endpoint)) {
    throw optionError('endpoint', "the path of a URL, which starts with '/'", endpoint);
  }
  return { port, host, endpoint };
}

/** Whether a request for it comes with just this path. */
function isPath(text: string): boolean {
  return text.startsWith('/') && new URL(`http://localhost${text}`).pathname === text;
}

async function open(address: ScrapeAddress, serve: Serve): Promise<ScrapeEndpoint> {
  try {
    return await ScrapeEndpoint.open(address, serve);
  } catch (error) {
    const { host, port } = address;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && (await clearPort(port))) return open(address, serve);
    const reason = code === 'EADDRINUSE' ? 'the port is taken' : message;
    throw Object.assign(
      new Error(`The metrics cannot be served on ${host}, port ${port}: ${reason}`, {
        cause: error,
      }),
      { code },
    );
  }
}
