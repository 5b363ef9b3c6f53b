import { createRequire } from 'node:module';
import { requirePackages } from '../required-packages';
import { PACKAGE_NAME } from '../version';
import { readLogLevel, readSettings } from './environment';
import { Notices } from './notices';

/** Whatever goes wrong here is told, and the application runs as if we were not there. */
function register(): void {
  const { level, warning } = readLogLevel(process.env);
  const notices = new Notices(level);
  if (warning !== undefined) notices.warn(warning);
  const settings = readSettings(process.env, message => {
    notices.warn(message);
  });
  if (settings.isDisabled) return;
  try {
    requirePackages(`${PACKAGE_NAME}/register`, [
      '@opentelemetry/sdk-metrics',
      '@opentelemetry/exporter-prometheus',
    ]);
    // Only now: it loads the packages that were looked for.
    const { Registration } = createRequire(__filename)(
      './registration',
    ) as typeof import('./registration');
    new Registration(settings, notices, level).enable();
  } catch (error) {
    notices.error((error as Error).message);
  }
}

register();
