import { createRequire } from 'node:module';
import { tell } from '../diagnostics';
import { watchWorkers } from '../processes/cluster';
import { requirePackages } from '../required-packages';
import { PACKAGE_NAME } from '../version';
import { LazyClusterServer } from './cluster-server';
import { readLogLevel, readSettings } from './environment';
import { Notices } from './notices';
import type { Told } from './registration';

/** Whatever goes wrong here is told, and the application runs as if we were not there. */
function register(): void {
  try {
    requirePackages(`${PACKAGE_NAME}/register`, ['@opentelemetry/sdk-metrics']);
    // Only now: it loads the packages that were looked for.
    const { Registration } = createRequire(__filename)(
      './registration',
    ) as typeof import('./registration');
    watchWorkers(() => new LazyClusterServer(), tell);
    Registration.start(readEnvironment);
  } catch (error) {
    new Notices(readLogLevel(process.env).level).error((error as Error).message);
  }
}

function readEnvironment(): Told {
  const { level: logLevel, warning } = readLogLevel(process.env);
  const notices = new Notices(logLevel);
  if (warning !== undefined) notices.warn(warning);
  const settings = readSettings(process.env, message => {
    notices.warn(message);
  });
  return { settings, notices, logLevel };
}

register();
