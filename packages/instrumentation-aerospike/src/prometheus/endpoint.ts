import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportFault } from '../diagnostics';
import { say } from '../notices';

/** Where metrics are scraped. */
export interface ScrapeAddress {
  /** Undefined: every address of this machine. */
  readonly host: string | undefined;
  /** 0: a free one. */
  readonly port: number;
  /** Path of the metrics; every other path is answered with 404. */
  readonly endpoint: string;
}

/** How long a scraper that does not send its request, or does not take its answer, can delay the end. */
const MAX_CLOSE_MS = 1000;
/** How long a scraper may take to send a request. */
const MAX_REQUEST_MS = 10_000;
/** A scraper asks once every few seconds, and may connect again after so many times. */
const MAX_REQUESTS_A_CONNECTION = 1000;

/** Those of this process that listen. */
const listening = new Set<Endpoint>();

/** Those that make room for what the application itself wants to serve on their port. */
const yielding = new Map<Endpoint, () => void>();

/** Metrics cannot be served at an address. */
export class EndpointError extends Error {
  readonly code: string | undefined;
  /** What stands in the way. */
  readonly reason: string;

  constructor({ host = '*', port }: ScrapeAddress, cause: NodeJS.ErrnoException) {
    const reason = isPortTaken(cause) ? 'the port is taken' : cause.message;
    super(`The metrics cannot be served on ${host}, port ${port}: ${reason}`, { cause });
    this.code = cause.code;
    this.reason = reason;
  }
}

/** Whether somebody else listens on the port. */
export function isPortTaken(error: unknown): boolean {
  return (error as Partial<NodeJS.ErrnoException>).code === 'EADDRINUSE';
}

/** Says that an address cannot be listened on. */
export function sayNotServed(
  { host = '*', port }: Omit<ScrapeAddress, 'endpoint'>,
  error: unknown,
): void {
  const reason = error instanceof EndpointError ? error.reason : (error as Error).message;
  if (isPortTaken(error)) say('portTaken', host, String(port));
  else say('notServed', host, String(port), reason);
}

/** An HTTP server for scrapes. It does not keep the process alive. */
export class Endpoint {
  private constructor(
    private readonly server: Server,
    readonly address: ScrapeAddress,
  ) {}

  /** Whether this process itself serves on a port. */
  static isOwn(port: number): boolean {
    return [...listening].some(({ address }) => address.port === port);
  }

  /**
   * Listens at an address. An endpoint of this process that yields makes room for it.
   *
   * @param serve answers a scrape
   * @throws EndpointError when it cannot listen there
   */
  static async open(address: ScrapeAddress, serve: RequestListener): Promise<Endpoint> {
    try {
      return await Endpoint.listen(address, serve);
    } catch (error) {
      const refused = new EndpointError(address, error as NodeJS.ErrnoException);
      const inTheWay = [...yielding.keys()].find(each => each.address.port === address.port);
      if (!isPortTaken(refused) || inTheWay === undefined) throw refused;
      yielding.get(inTheWay)?.();
      await inTheWay.close();
      return Endpoint.open(address, serve);
    }
  }

  private static async listen(address: ScrapeAddress, serve: RequestListener): Promise<Endpoint> {
    const server = createServer(
      { requestTimeout: MAX_REQUEST_MS, headersTimeout: MAX_REQUEST_MS },
      (request, response) => {
        if (pathOf(request) !== address.endpoint) {
          response.writeHead(404).end();
        } else if (request.method !== 'GET' && request.method !== 'HEAD') {
          response.writeHead(405, { allow: 'GET, HEAD' }).end();
        } else {
          serve(request, response);
        }
      },
    );
    server.maxRequestsPerSocket = MAX_REQUESTS_A_CONNECTION;
    // A scraper that keeps its connection for the next time must not keep the process alive.
    server.on('connection', socket => socket.unref());
    const { host } = address;
    // Without `exclusive` the workers of a cluster would share the port, and a scrape would reach any one of them.
    server.listen({ host, port: address.port, exclusive: true });
    await once(server, 'listening');
    server.unref();
    // Without a listener it would end the process.
    server.on('error', error => {
      reportFault('a connection for a scrape could not be accepted', error);
    });
    const { port } = server.address() as AddressInfo;
    const endpoint = new Endpoint(server, { ...address, port });
    listening.add(endpoint);
    return endpoint;
  }

  get url(): string {
    return urlOf(this.address);
  }

  /**
   * Has it closed as soon as the application itself wants to serve on its port.
   *
   * @param onYield is called before
   */
  yieldToApplication(onYield: () => void): void {
    yielding.set(this, onYield);
  }

  /**
   * Answers no more scrapes. Those under way are answered, unless the scraper takes too long; connections that only wait
   * for the next one are closed.
   */
  async close(): Promise<void> {
    yielding.delete(this);
    listening.delete(this);
    const { server } = this;
    // It keeps the process alive, which nothing else here does: whoever waits for the end must see it.
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, MAX_CLOSE_MS);
    await new Promise<void>(resolve => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
    clearTimeout(timer);
  }
}

export function urlOf({ host = 'localhost', port, endpoint }: ScrapeAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${endpoint}`;
}

/** The path of a request without its query. A proxy may ask for the whole URL. */
function pathOf({ url = '' }: IncomingMessage): string | undefined {
  if (url.startsWith('/')) return url.split('?', 1)[0];
  return URL.canParse(url) ? new URL(url).pathname : undefined;
}
