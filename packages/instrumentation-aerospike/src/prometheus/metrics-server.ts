import { isDeepStrictEqual } from 'node:util';
import { optionError } from '../option-error';
import { isRising, RISING_SECONDS } from '../recording/boundaries';
import { DEFAULT_BOUNDARIES } from '../recording/duration-histogram';
import { MetricsPipeline } from './metrics-pipeline';
import { ScrapeEndpoint, type ScrapeAddress } from './scrape-endpoint';

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

let pipeline: MetricsPipeline | undefined;
let running: ScrapeEndpoint | undefined;
/** Starting and stopping happen one after the other, in the order in which they were asked for. */
let lastChange: Promise<unknown> = Promise.resolve();

/**
 * Instruments `aerospike` and serves the metrics to Prometheus, without any set-up of OpenTelemetry. A running server
 * is replaced, and the counts are kept; when the new one cannot listen, the old one goes on serving.
 *
 * @throws TypeError when an option is wrong
 * @throws Error when the port is taken, or the host is none of this machine's
 */
export async function startMetricsServer(
  options: MetricsServerOptions = {},
): Promise<MetricsServer> {
  const { boundaries } = options;
  const address = addressOf(options);
  const { exporter } = collect(boundaries);
  return inTurn(async () => {
    const endpoint = await replace(address, (request, response) => {
      exporter.getMetricsRequestHandler(request, response);
    });
    const { host, port } = endpoint.address;
    return { host, port, url: endpoint.url, close: () => inTurn(() => stop(endpoint)) };
  });
}

/** Stops the running metrics server, if there is one. The metrics go on being collected. */
export function stopMetricsServer(): Promise<void> {
  return inTurn(() => stop(running));
}

/**
 * The metrics in Prometheus' text format, to be served together with those of another library. The first call
 * instruments `aerospike` if no metrics server has.
 */
export function getMetrics(): Promise<string> {
  return collect().text();
}

function collect(boundaries?: readonly number[]): MetricsPipeline {
  if (boundaries !== undefined && !isRising(boundaries)) {
    throw optionError('boundaries', RISING_SECONDS, boundaries);
  }
  pipeline ??= new MetricsPipeline(boundaries ?? DEFAULT_BOUNDARIES);
  if (boundaries !== undefined && !isDeepStrictEqual([...boundaries], [...pipeline.boundaries])) {
    const current = `those that are in use, ${pipeline.boundaries.join(', ')},`;
    throw optionError('boundaries', `${current} once metrics are collected`, boundaries);
  }
  return pipeline;
}

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
  if (typeof endpoint !== 'string' || !/^\/[^?#\s]*$/.test(endpoint)) {
    throw optionError('endpoint', "a path that starts with '/'", endpoint);
  }
  return { port, host, endpoint };
}

function inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
  const result = lastChange.then(change);
  lastChange = result.catch(() => undefined);
  return result;
}

type Serve = Parameters<typeof ScrapeEndpoint.open>[1];

/** Opens an endpoint before it closes the old one, unless the old one itself is in the way. */
async function replace(address: ScrapeAddress, serve: Serve): Promise<ScrapeEndpoint> {
  const old = running;
  if (old?.address.port === address.port) {
    await stop(old);
    try {
      running = await open(address, serve);
    } catch (error) {
      running = await open(old.address, serve);
      throw error;
    }
  } else {
    running = await open(address, serve);
    await old?.close();
  }
  return running;
}

async function stop(endpoint: ScrapeEndpoint | undefined): Promise<void> {
  if (running === endpoint) running = undefined;
  await endpoint?.close();
}

async function open(address: ScrapeAddress, serve: Serve): Promise<ScrapeEndpoint> {
  try {
    return await ScrapeEndpoint.open(address, serve);
  } catch (error) {
    const { host, port } = address;
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'the port is taken' : message;
    throw Object.assign(
      new Error(`The metrics cannot be served on ${host}, port ${port}: ${reason}`, {
        cause: error,
      }),
      { code },
    );
  }
}
