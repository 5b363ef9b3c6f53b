import {
  BOOLEAN,
  BOUNDARIES,
  oneOf,
  PORT,
  textOf,
  unknownName,
  wholeNumber,
  wrongVariable,
  type Kind,
  DEFAULT_PROMETHEUS_PORT,
} from '../option-kinds';
import { LOG_LEVELS, type LogLevel } from '../notices';
import { CLUSTER_MODE } from '../processes/role';
import { switchedOffBy } from '../switches';

export const METRICS_EXPORTERS = ['prometheus', 'otlp', 'console', 'none'] as const;
export type MetricsExporterName = (typeof METRICS_EXPORTERS)[number];

export const OTLP_PROTOCOLS = ['grpc', 'http/protobuf', 'http/json'] as const;
export type OtlpProtocol = (typeof OTLP_PROTOCOLS)[number];

export const HISTOGRAM_AGGREGATIONS = [
  'explicit_bucket_histogram',
  'base2_exponential_bucket_histogram',
] as const;
export type HistogramAggregation = (typeof HISTOGRAM_AGGREGATIONS)[number];

/** What the environment variables say, each with its default. */
export interface Settings {
  /** The variable that switches it off, as it is set; undefined where none does. */
  readonly disabledBy: string | undefined;
  readonly exporters: readonly MetricsExporterName[];
  readonly host: string;
  readonly port: number;
  readonly resourceAttributes: Readonly<Record<string, string>>;
  readonly otlpProtocol: OtlpProtocol;
  readonly exportIntervalMillis: number;
  /** How the OTLP exporter gets histograms. */
  readonly otlpHistogramAggregation: HistogramAggregation;
  /** Seconds; undefined: the default boundaries. */
  readonly boundaries: readonly number[] | undefined;
  readonly returnedRows: boolean;
  readonly clientMetrics: boolean;
  readonly requireParentSpan: boolean;
  readonly captureErrorMessages: boolean;
  /** Name of the duration in a MeterProvider that is joined; undefined: what its exporter needs. */
  readonly metricName: string | undefined;
  /** Whether the exporter of a MeterProvider that is joined is known to be OpenTelemetry's for Prometheus, and no other. */
  readonly isPrometheusAlone: boolean;
}

type Environment = NodeJS.ProcessEnv;
type Warn = (message: string) => void;

/** What the names of this package's own variables start with. */
const PREFIX = 'OTEL_INSTRUMENTATION_AEROSPIKE_';

/** Reads all variables; each that is wrong is one warning, and has its default. */
export function readSettings(env: Environment, warn: Warn): Settings {
  const read = <Value>(name: string, kind: Kind<Value>, initial: Value): Value => {
    const given = textOf(env, name);
    if (given === undefined) return initial;
    const value = kind.parse(given);
    if (value !== undefined) return value;
    warn(wrongVariable(name, kind.allowed, given, initial));
    return initial;
  };
  const own = new Set<string>();
  const readOwn = <Value>(name: string, kind: Kind<Value>, initial: Value): Value => {
    own.add(PREFIX + name);
    return read(PREFIX + name, kind, initial);
  };
  // That it is wrong is all that is needed here.
  read('OTEL_SDK_DISABLED', BOOLEAN, false);
  const serviceName = textOf(env, 'OTEL_SERVICE_NAME');
  const exporters = read('OTEL_METRICS_EXPORTER', EXPORTERS, ['prometheus']);
  const settings: Settings = {
    disabledBy: switchedOffBy(env),
    exporters,
    host: textOf(env, 'OTEL_EXPORTER_PROMETHEUS_HOST') ?? 'localhost',
    port: read('OTEL_EXPORTER_PROMETHEUS_PORT', PORT, DEFAULT_PROMETHEUS_PORT),
    resourceAttributes: {
      ...read('OTEL_RESOURCE_ATTRIBUTES', RESOURCE_ATTRIBUTES, undefined),
      ...(serviceName !== undefined && { 'service.name': serviceName }),
    },
    otlpProtocol: read(
      textOf(env, 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL') === undefined
        ? 'OTEL_EXPORTER_OTLP_PROTOCOL'
        : 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
      oneOf(OTLP_PROTOCOLS),
      'http/protobuf',
    ),
    exportIntervalMillis: read('OTEL_METRIC_EXPORT_INTERVAL', MILLISECONDS, 60_000),
    otlpHistogramAggregation: read(
      'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
      oneOf(HISTOGRAM_AGGREGATIONS),
      'explicit_bucket_histogram',
    ),
    boundaries: readOwn<readonly number[] | undefined>('BOUNDARIES', BOUNDARIES, undefined),
    returnedRows: readOwn('RETURNED_ROWS', BOOLEAN, false),
    clientMetrics: readOwn('CLIENT_METRICS', BOOLEAN, true),
    requireParentSpan: readOwn('REQUIRE_PARENT_SPAN', BOOLEAN, false),
    captureErrorMessages: readOwn('CAPTURE_ERROR_MESSAGES', BOOLEAN, false),
    metricName: readOwn<string | undefined>('METRIC_NAME', METRIC_NAME, undefined),
    isPrometheusAlone:
      textOf(env, 'OTEL_METRICS_EXPORTER') !== undefined &&
      exporters.every(name => name === 'prometheus') &&
      textOf(env, 'OTEL_CONFIG_FILE') === undefined,
  };
  // Read again where they matter; here only what is wrong with them is.
  read('OTEL_LOG_LEVEL', LOG_LEVEL, 'INFO');
  readOwn('CLUSTER', CLUSTER_MODE, 'sum');
  warnOfUnknown(env, own, warn);
  return settings;
}

function warnOfUnknown(env: Environment, known: ReadonlySet<string>, warn: Warn): void {
  for (const name of Object.keys(env)) {
    if (name.startsWith(PREFIX) && !known.has(name))
      warn(unknownName(name, [...known], 'variable'));
  }
}

const LOG_LEVEL: Kind<LogLevel> = {
  ...oneOf(LOG_LEVELS),
  parse: given => LOG_LEVELS.find(level => level === given.toUpperCase()),
};

const MILLISECONDS = wholeNumber(1, 2 ** 31 - 1, 'of milliseconds ');

/** @see https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax */
const METRIC_NAME: Kind<string> = {
  allowed: 'the name of a metric: a letter, then up to 254 letters, digits, and any of _ . - /',
  accepts: value => typeof value === 'string' && /^[a-z][\w.\-/]{0,254}$/i.test(value),
  parse: given => (METRIC_NAME.accepts(given) ? given : undefined),
};

const RESOURCE_ATTRIBUTES: Kind<Record<string, string> | undefined> = {
  allowed: "key=value pairs, separated by commas, with other ',', '=' and '%' percent-encoded",
  accepts: () => false,
  parse: given => {
    const pairs = given
      .split(',')
      .filter(pair => pair.trim() !== '')
      .map(pair => pair.split('=').map(part => decoded(part.trim())));
    return pairs.every(isKeyAndValue) ? Object.fromEntries(pairs) : undefined;
  },
};

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function isKeyAndValue(parts: (string | undefined)[]): parts is [key: string, value: string] {
  const [key, value] = parts;
  return parts.length === 2 && key !== undefined && key !== '' && value !== undefined;
}

const EXPORTERS: Kind<readonly MetricsExporterName[]> = {
  allowed: `one or more of ${METRICS_EXPORTERS.join(', ')}, separated by commas`,
  accepts: () => false,
  parse: given => {
    const names = given.split(',').map(name => oneOf(METRICS_EXPORTERS).parse(name.trim()));
    return names.every(name => name !== undefined) ? names : undefined;
  },
};
