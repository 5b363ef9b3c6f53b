import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where metrics are scraped. */
export interface ScrapeAddress {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Path of the metrics; every other path is answered with 404. */
  readonly endpoint: string;
}

/** How long a scraper that does not send its request, or does not take its answer, can delay the end. */
const MAX_CLOSE_MS = 1000;

/** An HTTP server for scrapes. It does not keep the process alive. */
export class ScrapeEndpoint {
  private constructor(
    private readonly server: Server,
    readonly address: ScrapeAddress,
  ) {}

  /**
   * @param serve answers a scrape
   * @throws Error of Node.js, such as EADDRINUSE, when it cannot listen there
   */
  static async open(address: ScrapeAddress, serve: RequestListener): Promise<ScrapeEndpoint> {
    const server = createServer((request, response) => {
      if (pathOf(request.url) === address.endpoint) serve(request, response);
      else response.writeHead(404).end();
    });
    // A scraper that keeps its connection for the next time must not keep the process alive.
    server.on('connection', socket => socket.unref());
    const { host, port } = address;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // Without `exclusive` the workers of a cluster would share the port, and a scrape would reach any one of them.
      server.listen({ host, port, exclusive: true }, resolve);
    });
    server.unref();
    const { port: actualPort } = server.address() as AddressInfo;
    return new ScrapeEndpoint(server, { ...address, port: actualPort });
  }

  get url(): string {
    const { host, port, endpoint } = this.address;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}${endpoint}`;
  }

  /**
   * Answers no more scrapes. Those under way are answered, unless the scraper takes too long; connections that only wait
   * for the next one are closed.
   */
  async close(): Promise<void> {
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

/** The path without the query, of a request that may be anything. */
function pathOf(url: string | undefined): string | undefined {
  return url?.split('?', 1)[0];
}
