import { createRequire } from 'node:module';
import type { SumsServer } from '../processes/primary';
import { requirePackages } from '../door';
import { PACKAGE_NAME } from '../version';

/** Serves the metrics of workers. What that takes is loaded when the first of them asks for it. */
export class LazyClusterServer implements SumsServer {
  private server: SumsServer | undefined;

  serve: SumsServer['serve'] = async request => this.load().serve(request);
  text: SumsServer['text'] = async format => this.load().text(format);
  stop: SumsServer['stop'] = async () => this.server?.stop();

  /** @throws Error that names the packages to install */
  private load(): SumsServer {
    if (this.server === undefined) {
      requirePackages(`${PACKAGE_NAME}/register`, [
        '@opentelemetry/sdk-metrics',
        '@opentelemetry/exporter-prometheus',
      ]);
      const { ClusterServer } = createRequire(__filename)(
        '../prometheus/sums-server',
      ) as typeof import('../prometheus/sums-server');
      this.server = new ClusterServer();
    }
    return this.server;
  }
}
