import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { eventually } from '@test/support';

/** Receives metrics by OTLP over HTTP, and keeps them as they come. */
export class MetricsReceiver {
  private readonly bodies: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<MetricsReceiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new MetricsReceiver(server);
    server.on('request', (request, response) => {
      void buffer(request).then(body => {
        if (request.url === '/v1/metrics') receiver.bodies.push(body.toString('latin1'));
        response.end();
      });
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits for a name, which Protobuf has as it is. */
  async received(name: string): Promise<void> {
    await eventually(`${name} by OTLP`, () =>
      Promise.resolve(this.bodies.some(body => body.includes(name)) || undefined),
    );
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
