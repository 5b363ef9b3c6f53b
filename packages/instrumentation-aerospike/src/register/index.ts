import { createRequire } from 'node:module';
import { requirePackages } from '../door';
import { say } from '../notices';
import type * as Cluster from '../processes/cluster';
import { PACKAGE_NAME } from '../version';
import type * as ClusterServers from './cluster-server';
import { readSettings } from './environment';
import type * as Registrations from './registration';

/** Whatever goes wrong here is told, and the application runs as if we were not there. */
function register(): void {
  try {
    requirePackages(`${PACKAGE_NAME}/register`, [
      '@opentelemetry/api',
      '@opentelemetry/sdk-metrics',
    ]);
    // Only now: these load the packages that were looked for.
    const load = createRequire(__filename);
    const { watchWorkers } = load('../processes/cluster') as typeof Cluster;
    const { LazyClusterServer } = load('./cluster-server') as typeof ClusterServers;
    const { Registration } = load('./registration') as typeof Registrations;
    watchWorkers(
      () => new LazyClusterServer(),
      line => {
        say('cluster', line);
      },
    );
    Registration.start(() =>
      readSettings(process.env, sentence => {
        say('wrongVariable', sentence);
      }),
    );
  } catch (error) {
    say('missing', (error as Error).message);
  }
}

register();
