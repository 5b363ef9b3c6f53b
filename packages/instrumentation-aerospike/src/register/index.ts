import { createRequire } from 'node:module';
import { locate, requirePackages } from '../door';
import { say } from '../notices';
import type * as Cluster from '../processes/cluster';
import { PACKAGE_NAME } from '../version';
import type * as ClusterServers from './cluster-server';
import { readSettings, textOf } from './environment';
import type * as Registrations from './registration';

/** Whatever goes wrong here is told, and the application runs as if we were not there. */
function register(): void {
  try {
    requirePackages(`${PACKAGE_NAME}/register`, neededPackages());
  } catch (error) {
    say('missing', (error as Error).message);
    return;
  }
  try {
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
    // Node.js adds a stack to some of its messages.
    const [reason = ''] = String(error).split('\n', 1);
    say('notRegistered', reason);
  }
}

/**
 * Those that are needed in any case; where one of these is missing, that which serves Prometheus is named too unless
 * something else is asked for, so that nobody has to install twice.
 */
function neededPackages(): string[] {
  const needed = ['@opentelemetry/api', '@opentelemetry/sdk-metrics'];
  const isComplete = needed.every(name => locate(name) !== undefined);
  const exporters = textOf(process.env, 'OTEL_METRICS_EXPORTER') ?? 'prometheus';
  const isPrometheus = exporters.includes('prometheus');
  return isComplete || !isPrometheus ? needed : [...needed, '@opentelemetry/exporter-prometheus'];
}

register();
