import cluster from 'node:cluster';
import type { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { ScrapeEndpoint } from '../prometheus/scrape-endpoint';
import { yieldPort } from '../prometheus/yielding-ports';
import type { Settings } from './environment';
import type { Notices } from './notices';

/** Every worker of a cluster serves its own numbers, on the next free port after the configured one. */
const FURTHER_PORTS_OF_WORKERS = 64;
const MAX_PORT = 65535;

/** Serves the metrics to Prometheus, where the environment variables say. */
export class PrometheusEndpoint {
  private opened: Promise<ScrapeEndpoint | undefined> | undefined;

  constructor(
    private readonly exporter: PrometheusExporter,
    private readonly settings: Pick<Settings, 'host' | 'port'>,
    private readonly notices: Notices,
  ) {}

  /** Opens it, once; where it cannot be opened, one message says why and what to do. */
  async open(): Promise<void> {
    if (this.opened === undefined) {
      this.opened = this.tryToOpen();
      yieldPort(async port => {
        const endpoint = await this.opened;
        if (endpoint?.address.port !== port) return false;
        this.notices.info(`leaving port ${port} to the metrics server of the application`);
        await endpoint.close();
        return true;
      });
    }
    await this.opened;
  }

  async close(): Promise<void> {
    await (await this.opened)?.close();
  }

  private async tryToOpen(): Promise<ScrapeEndpoint | undefined> {
    const { host, port } = this.settings;
    const furtherPorts = cluster.isWorker && port !== 0 ? FURTHER_PORTS_OF_WORKERS : 0;
    const lastPort = Math.min(port + furtherPorts, MAX_PORT);
    try {
      const endpoint = await this.openFirstFree(port, lastPort);
      this.notices.info(`metrics at ${endpoint.url}`);
      return endpoint;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const isOne = lastPort === port;
      const ports = isOne ? `port ${port}` : `ports ${port} to ${lastPort}`;
      this.notices.error(
        code === 'EADDRINUSE'
          ? `${ports} on ${host} ${isOne ? 'is' : 'are'} taken: no metrics are served; set OTEL_EXPORTER_PROMETHEUS_PORT to a free port`
          : `metrics cannot be served on ${host}, ${ports} (${message}); ` +
              'see OTEL_EXPORTER_PROMETHEUS_HOST and OTEL_EXPORTER_PROMETHEUS_PORT',
      );
      return undefined;
    }
  }

  private async openFirstFree(port: number, lastPort: number): Promise<ScrapeEndpoint> {
    try {
      return await ScrapeEndpoint.open(
        { host: this.settings.host, port, endpoint: '/metrics' },
        (request, response) => {
          this.exporter.getMetricsRequestHandler(request, response);
        },
      );
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || port >= lastPort) throw error;
      return this.openFirstFree(port + 1, lastPort);
    }
  }
}
