import { createRequire } from 'node:module';

/** A dependency of the SDK, which need not be visible from here. */
export const resources = createRequire(require.resolve('@opentelemetry/sdk-metrics'))(
  '@opentelemetry/resources',
) as typeof import('@opentelemetry/resources');
