import { isInstalled } from '../installed.mjs';

/**
 * Everything that is measured: its name in the tables, the module that makes it with which options, what it records for
 * an operation, and the package that has to be installed for it.
 */
export const INSTRUMENTATIONS = {
  bare: { label: 'bare client against itself', module: './none.mjs' },
  lowerBound: { label: 'lower bound', module: './lower-bound.mjs', durations: true },
  producer: {
    label: '**this package**: metrics, as with `/register`',
    module: './this-package.mjs',
    options: { metrics: 'producer' },
    durations: true,
    needs: 'opentelemetry-instrumentation-aerospike/prometheus',
  },
  histogram: {
    label: '**this package**: histogram of the SDK',
    module: './this-package.mjs',
    options: { metrics: 'histogram' },
    durations: true,
  },
  producerAndSpans: {
    label: '**this package**: metrics, as with `/register`, and spans',
    module: './this-package.mjs',
    options: { metrics: 'producer', tracing: true },
    durations: true,
    spans: true,
    needs: 'opentelemetry-instrumentation-aerospike/prometheus',
  },
  histogramAndSpans: {
    label: '**this package**: histogram of the SDK, and spans',
    module: './this-package.mjs',
    options: { metrics: 'histogram', tracing: true },
    durations: true,
    spans: true,
  },
  noSdk: {
    label: '**this package**: no SDK registered',
    module: './this-package.mjs',
    options: {},
  },
  disabled: {
    label: '**this package**: disabled',
    module: './this-package.mjs',
    options: { metrics: 'histogram', tracing: true, disabled: true },
  },
  plainNoSdk: {
    label: 'plain wrapper: OpenTelemetry span, no SDK registered',
    module: './opentelemetry.mjs',
    options: { spans: true, sdk: false },
  },
  promClient: {
    label: 'plain wrapper: prom-client histogram',
    module: './prom-client.mjs',
    durations: true,
    needs: 'prom-client',
  },
  plainHistogram: {
    label: 'plain wrapper: OpenTelemetry histogram',
    module: './opentelemetry.mjs',
    options: { histogram: true },
    durations: true,
  },
  plainSpan: {
    label: 'plain wrapper: OpenTelemetry histogram and span',
    module: './opentelemetry.mjs',
    options: { histogram: true, spans: true },
    durations: true,
    spans: true,
  },
  ddTrace: { label: 'dd-trace', module: './dd-trace.mjs', spans: true, needs: 'dd-trace' },
  pgNoSdk: {
    label: '@opentelemetry/instrumentation-pg on a stub of pg, no SDK registered',
    module: './pg.mjs',
    options: { sdk: false },
    needs: 'pg',
    isOtherDriver: true,
  },
  pg: {
    label: '@opentelemetry/instrumentation-pg on a stub of pg',
    module: './pg.mjs',
    options: { sdk: true },
    durations: true,
    spans: true,
    needs: 'pg',
    isOtherDriver: true,
  },
};

/** Those of a list for which everything is installed. */
export function available(ids) {
  return ids.filter(id => isInstalled(INSTRUMENTATIONS[id].needs));
}

export async function createInstrumentation(id) {
  const { module, options = {} } = INSTRUMENTATIONS[id];
  const { create } = await import(module);
  return create(options);
}
