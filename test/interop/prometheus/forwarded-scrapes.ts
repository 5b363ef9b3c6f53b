import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What scrapers ask for each format with. */
const ACCEPT = {
  text: 'text/plain;version=0.0.4',
  openmetrics: 'application/openmetrics-text;version=1.0.0',
  protobuf:
    'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
} as const;

export type Format = keyof typeof ACCEPT;

/** Stands between Prometheus and a target, and asks the target for a format of its own choice. */
export class ForwardedScrapes {
  format: Format = 'text';
  /** How many scrapes have been answered since the format was chosen. */
  private answered = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {
    server.on('request', (_, response) => {
      void this.forward(response);
    });
  }

  /** @param target URL of the metrics */
  static async start(target: string): Promise<ForwardedScrapes> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ForwardedScrapes(server, target);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  choose(format: Format): void {
    this.format = format;
    this.answered = 0;
  }

  /** Whether so many scrapes were answered in the format of now. */
  hasAnswered(scrapes: number): true | undefined {
    return this.answered >= scrapes ? true : undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async forward(response: ServerResponse): Promise<void> {
    const { format } = this;
    const answer = await fetch(this.target, { headers: { accept: ACCEPT[format] } });
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': type });
    response.end(Buffer.from(await answer.arrayBuffer()));
    if (format === this.format) this.answered++;
  }
}
