import { requirePackages } from '../door';
import { lazy } from '../lazy';
import { say } from '../notices';
import { textOf } from '../option-kinds';
import type * as Cluster from '../processes/cluster';
import { PACKAGE_NAME } from '../version';
import type * as ClusterServers from './cluster-server';
import { readSettings } from './environment';
import type * as Registrations from './registration';

// These load packages that may be missing.
const cluster = lazy(() => require('../processes/cluster') as typeof Cluster);
const clusterServers = lazy(() => require('./cluster-server') as typeof ClusterServers);
const registrations = lazy(() => require('./registration') as typeof Registrations);

const NEEDED = ['@opentelemetry/api', '@opentelemetry/sdk-metrics'];
/** Needed as soon as there is a client, unless something else is asked for. */
const FOR_PROMETHEUS = ['@opentelemetry/exporter-prometheus'];

/** Whatever goes wrong here is told, and the application runs as if we were not there. */
function register(): void {
  try {
    const exporters = textOf(process.env, 'OTEL_METRICS_EXPORTER') ?? 'prometheus';
    const soon = exporters.includes('prometheus') ? FOR_PROMETHEUS : [];
    requirePackages(`${PACKAGE_NAME}/register`, NEEDED, soon);
  } catch (error) {
    say('missing', (error as Error).message);
    return;
  }
  try {
    cluster().watchWorkers(() => new (clusterServers().LazyClusterServer)());
    registrations().Registration.start(() =>
      readSettings(process.env, sentence => {
        say('wrongVariable', sentence);
      }),
    );
  } catch (error) {
    // Node.js adds a stack to some of its messages.
    const [reason = ''] = String(error).split('\n', 1);
    say('notRegistered', reason);
  }
}

register();
