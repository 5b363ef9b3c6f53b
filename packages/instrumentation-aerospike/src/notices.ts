import { PACKAGE_NAME } from './version';

/** The levels of `OTEL_LOG_LEVEL`, the quietest first. */
export const LOG_LEVELS = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'VERBOSE', 'ALL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line that whoever runs the process is told. */
interface Notice<Arguments extends readonly string[]> {
  readonly level: 'ERROR' | 'WARN' | 'INFO';
  /** When it is said, for the documentation. */
  readonly when: string;
  /** What has happened, and what to do. */
  readonly text: (...given: Arguments) => string;
  /** One that has been said, for the documentation: of a notice whose text is all given. */
  readonly example: string | undefined;
}

function notice<const Arguments extends readonly string[]>(
  level: Notice<Arguments>['level'],
  when: string,
  text: Notice<Arguments>['text'],
  example?: string,
): Notice<Arguments> {
  return { level, when, text, example };
}

/** Everything that this package says by itself. The troubleshooting page has it as a table. */
export const NOTICES = {
  unsupportedClient: notice(
    'WARN',
    'a client of another version is loaded',
    (version: string, supported: string) =>
      `aerospike ${version} is not measured: supported are the versions ${supported}; install one of these`,
  ),
  unpatchableClient: notice(
    'WARN',
    'a client is loaded, and its methods cannot be replaced',
    (reason: string) =>
      `aerospike is not measured, since its methods cannot be replaced (${reason}); ` +
      'load this package before whatever freezes the client',
  ),
  noProvider: notice(
    'WARN',
    'operations have been made, and neither metrics nor traces are registered',
    () =>
      'operations are made, and nobody has registered a MeterProvider to measure them; ' +
      `set up an SDK, or run node --require ${PACKAGE_NAME}/register`,
  ),
  failingProvider: notice(
    'WARN',
    'the MeterProvider or TracerProvider of the application gives no meter or tracer, or throws',
    (provider: string, lost: string, reason: string) =>
      `the ${provider} of the application fails (${reason}), so that operations ${lost}; ` +
      'mend what sets it up, or have it set up none',
  ),
  foreignApi: notice(
    'WARN',
    'a MeterProvider or TracerProvider is registered through a copy of @opentelemetry/api that this package does not see',
    (what: string, theirs: string, ours: string) =>
      `a ${what} is registered through @opentelemetry/api ${theirs}, which this package does not see: ` +
      `it uses ${ours}; have both use one version: npm dedupe, or, where two are left, a newer version of what brings ` +
      `${theirs}, or OpenTelemetry 2.x and @opentelemetry/api 1.9 for all`,
  ),
  missing: notice(
    'ERROR',
    'a package is not installed that what is asked for needs',
    (sentence: string) => sentence,
    `${PACKAGE_NAME}/register needs @opentelemetry/exporter-prometheus: npm install @opentelemetry/exporter-prometheus ` +
      '(if that is installed, a bundler hides it: keep it and this package external)',
  ),
  notRegistered: notice(
    'ERROR',
    'what `/register` needs is installed, and cannot be loaded or started',
    (reason: string) => `/register cannot be set up, and measures nothing: ${reason}`,
  ),
  wrongVariable: notice(
    'WARN',
    'a variable is wrong, or unknown',
    (sentence: string) => sentence,
    "OTEL_EXPORTER_PROMETHEUS_PORT must be a whole number from 0 to 65535, not '94640'; using 9464",
  ),
  withoutEffect: notice(
    'INFO',
    'a variable is set that has no effect on what /register exports',
    (variable: string, purpose: string) => `${variable} has no effect: it is for ${purpose}`,
  ),
  resourceLabels: notice(
    'WARN',
    'attributes of the resource become labels that Prometheus does not take',
    (names: string) =>
      `resource attributes are left out of target_info, since Prometheus takes no such label names, or has them already: ${names}`,
  ),
  served: notice('INFO', 'metrics are served', (url: string) => `metrics at ${url}`),
  portLeft: notice(
    'INFO',
    'the application starts a metrics server on the port of /register',
    (port: string) => `leaving port ${port} to the metrics server of the application`,
  ),
  portTaken: notice(
    'ERROR',
    'another process listens on the port',
    (host: string, port: string) =>
      `port ${port} on ${host} is taken: no metrics are served; set OTEL_EXPORTER_PROMETHEUS_PORT to a free port`,
  ),
  notServed: notice(
    'ERROR',
    'the address cannot be listened on',
    (host: string, port: string, reason: string) =>
      `metrics cannot be served on ${host}, port ${port} (${reason}); ` +
      'see OTEL_EXPORTER_PROMETHEUS_HOST and OTEL_EXPORTER_PROMETHEUS_PORT',
  ),
  notExported: notice(
    'WARN',
    '/register exports, and for the first time that fails',
    (exporter: string, reason: string) =>
      `metrics could not be exported with OTEL_METRICS_EXPORTER=${exporter} (${reason}); ` +
      'look at the variables OTEL_EXPORTER_*',
  ),
  servedForAll: notice(
    'INFO',
    'the primary of a cluster serves the metrics of its workers',
    (url: string) => `metrics of all workers at ${url}`,
  ),
  servedElsewhere: notice(
    'WARN',
    'a worker asks for another address than the one that the cluster is served at',
    (url: string) => `the metrics of this cluster are served at ${url} already`,
  ),
  clusterApart: notice(
    'WARN',
    'the workers of a cluster do not find a primary that adds up',
    () =>
      "the cluster's primary has not loaded this package, or there is no place where workers could find it: " +
      'each worker serves its own metrics, on a port of its own; ' +
      'load it in the primary too, or set OTEL_INSTRUMENTATION_AEROSPIKE_CLUSTER=separate',
  ),
  stalledWorker: notice(
    'WARN',
    'a worker of a cluster does not tell what it has measured',
    (worker: string) => `worker ${worker} does not answer: its last known numbers are served`,
  ),
  otherBoundaries: notice(
    'WARN',
    'the histograms of a worker cannot be added to those of the others',
    (worker: string, reason: string) =>
      `worker ${worker} has other boundaries of buckets (${reason}): it is not counted; ` +
      'give all workers the same',
  ),
  primaryGone: notice(
    'WARN',
    'a worker has lost its primary, and goes on',
    () => 'the connection to the primary has ended: what is measured from now on is lost',
  ),
  primarySilent: notice(
    'WARN',
    'getMetrics() in a worker does not get the sums of the cluster in time',
    () => 'the primary does not answer: getMetrics() gives what this worker has measured',
  ),
  sharedExporter: notice(
    'WARN',
    "the workers of a cluster have OpenTelemetry's Prometheus exporter, all on one port",
    () =>
      'each worker of this cluster has a Prometheus exporter of its own on the same port, so that a scrape reaches one ' +
      'after the other: have startMetricsServer() or /register serve the sums of all workers instead, ' +
      'or give each worker a port of its own',
  ),
  joinedProvider: notice(
    'INFO',
    '/register measures into the MeterProvider of the application',
    (name: string) =>
      `measuring ${name} into the MeterProvider that is registered already; ` +
      'OTEL_INSTRUMENTATION_AEROSPIKE_METRIC_NAME gives it another name',
  ),
  endpointClosed: notice(
    'INFO',
    'the application sets up metrics of its own after /register has begun to serve',
    (url: string) =>
      `the endpoint at ${url} is closed, since the application has set up metrics of its own, ` +
      'which do not have what was measured before',
  ),
  leftToApplication: notice(
    'INFO',
    'the application has an instrumentation of its own, with a metric producer',
    () =>
      'the application has an AerospikeInstrumentation of its own with a metric producer: /register measures nothing',
  ),
} as const;

type Given<Key extends keyof typeof NOTICES> = Parameters<(typeof NOTICES)[Key]['text']>;

/** Lines that have been said: each is said once. */
const said = new Set<string>();

/**
 * Says a line on standard error, since standard output belongs to the application. `OTEL_LOG_LEVEL` can silence it.
 */
export function say<Key extends keyof typeof NOTICES>(key: Key, ...given: Given<Key>): void {
  const { level, text } = NOTICES[key] as unknown as Notice<Given<Key>>;
  if (!isSaidAt(level)) return;
  const line = `${PACKAGE_NAME}: ${text(...given)}`;
  if (said.has(line)) return;
  said.add(line);
  console.error(line);
}

/** Whether `OTEL_LOG_LEVEL` lets lines of a level through. */
export function isSaidAt(level: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(logLevel());
}

/** Whether the diagnostics of OpenTelemetry are wanted from the start. */
export function wantsDiagnostics(): boolean {
  return isSaidAt('DEBUG');
}

/** `OTEL_LOG_LEVEL`; `INFO` where it is none of {@link LOG_LEVELS}. */
export function logLevel(): LogLevel {
  const given = process.env.OTEL_LOG_LEVEL?.trim().toUpperCase();
  return LOG_LEVELS.find(level => level === given) ?? 'INFO';
}
