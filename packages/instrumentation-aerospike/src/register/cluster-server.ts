import type { SumsServer } from '../processes/primary';
import type * as SumsServers from '../prometheus/sums-server';
import { requirePackages } from '../door';
import { lazy } from '../lazy';
import { say } from '../notices';
import { PACKAGE_NAME } from '../version';

const sumsServers = lazy(() => require('../prometheus/sums-server') as typeof SumsServers);

/** Serves the metrics of workers. What that takes is loaded when the first of them asks for it. */
export class LazyClusterServer implements SumsServer {
  private server: SumsServer | undefined;

  serve: SumsServer['serve'] = async request => this.load().serve(request);
  sayNotServed: SumsServer['sayNotServed'] = (request, error) => {
    if (this.server === undefined) say('missing', (error as Error).message);
    else this.server.sayNotServed(request, error);
  };
  text: SumsServer['text'] = async format => this.load().text(format);
  stop: SumsServer['stop'] = async () => this.server?.stop();

  /** @throws Error that names the packages to install */
  private load(): SumsServer {
    if (this.server === undefined) {
      requirePackages(`${PACKAGE_NAME}/register`, [
        '@opentelemetry/sdk-metrics',
        '@opentelemetry/exporter-prometheus',
      ]);
      this.server = new (sumsServers().ClusterServer)();
    }
    return this.server;
  }
}
