import { inspect } from 'node:util';
import { DiagLogLevel } from '@opentelemetry/api';
import { isRising } from '../recording/boundaries';

export const METRICS_EXPORTERS = ['prometheus', 'otlp', 'console', 'none'] as const;
export type MetricsExporterName = (typeof METRICS_EXPORTERS)[number];

export const OTLP_PROTOCOLS = ['grpc', 'http/protobuf', 'http/json'] as const;
export type OtlpProtocol = (typeof OTLP_PROTOCOLS)[number];

/** What the environment variables say, each with its default. */
export interface Settings {
  readonly isDisabled: boolean;
  readonly exporters: readonly MetricsExporterName[];
  readonly host: string;
  readonly port: number;
  readonly resourceAttributes: Readonly<Record<string, string>>;
  readonly otlpProtocol: OtlpProtocol;
  readonly exportIntervalMillis: number;
  /** Seconds; undefined: the default boundaries. */
  readonly boundaries: readonly number[] | undefined;
}

type Environment = NodeJS.ProcessEnv;
type Warn = (message: string) => void;

const LOG_LEVELS = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'VERBOSE', 'ALL'] as const;

/** `OTEL_LOG_LEVEL`, and what is wrong with it. It decides about all other warnings, so it is read before them. */
export function readLogLevel(env: Environment): { level: DiagLogLevel; warning?: string } {
  const name = 'OTEL_LOG_LEVEL';
  const text = textOf(env, name)?.toUpperCase();
  const known = LOG_LEVELS.find(level => level === text);
  if (text === undefined || known !== undefined) return { level: DiagLogLevel[known ?? 'INFO'] };
  return {
    level: DiagLogLevel.INFO,
    warning: wrongValue(name, `one of ${LOG_LEVELS.join(', ')}`, env[name], 'INFO'),
  };
}

/** Reads all other variables; each that is wrong is one warning, and has its default. */
export function readSettings(env: Environment, warn: Warn): Settings {
  const read = <Value>(name: string, kind: Kind<Value>, initial: Value): Value => {
    const text = textOf(env, name);
    if (text === undefined) return initial;
    const value = kind.parse(text);
    if (value !== undefined) return value;
    warn(wrongValue(name, kind.allowed, text, initial));
    return initial;
  };
  const serviceName = textOf(env, 'OTEL_SERVICE_NAME');
  return {
    isDisabled:
      read('OTEL_SDK_DISABLED', BOOLEAN, false) ||
      !listOf(env, 'OTEL_NODE_ENABLED_INSTRUMENTATIONS', ['aerospike']).includes('aerospike') ||
      listOf(env, 'OTEL_NODE_DISABLED_INSTRUMENTATIONS', []).includes('aerospike'),
    exporters: read('OTEL_METRICS_EXPORTER', EXPORTERS, ['prometheus']),
    host: textOf(env, 'OTEL_EXPORTER_PROMETHEUS_HOST') ?? 'localhost',
    port: read('OTEL_EXPORTER_PROMETHEUS_PORT', PORT, 9464),
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
    boundaries: read('OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES', BOUNDARIES, undefined),
  };
}

/** How the text of a variable is read. */
interface Kind<Value> {
  readonly allowed: string;
  /** undefined: the text is none of what is allowed. */
  readonly parse: (text: string) => Value | undefined;
}

const BOOLEAN: Kind<boolean> = {
  allowed: 'true or false',
  parse: text => {
    const word = oneOf(['true', 'false']).parse(text);
    return word && word === 'true';
  },
};

const PORT: Kind<number> = {
  allowed: 'a whole number from 0 to 65535',
  parse: text => wholeNumber(text, 0, 65535),
};

const MILLISECONDS: Kind<number> = {
  allowed: 'a whole number of milliseconds above 0',
  parse: text => wholeNumber(text, 1, 2 ** 31 - 1),
};

const BOUNDARIES: Kind<readonly number[] | undefined> = {
  allowed: 'rising numbers of seconds, separated by commas',
  parse: text => {
    const boundaries = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
    return isRising(boundaries) ? boundaries : undefined;
  },
};

const RESOURCE_ATTRIBUTES: Kind<Record<string, string> | undefined> = {
  allowed: "key=value pairs, separated by commas, with other ',', '=' and '%' percent-encoded",
  parse: text => {
    const pairs = text
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
  parse: text => {
    const names = text.split(',').map(name => oneOf(METRICS_EXPORTERS).parse(name.trim()));
    return names.every(name => name !== undefined) ? names : undefined;
  },
};

function oneOf<Value extends string>(values: readonly Value[]): Kind<Value> {
  return {
    allowed: `one of ${values.join(', ')}`,
    parse: text => values.find(value => value === text.toLowerCase()),
  };
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= min && number <= max ? number : undefined;
}

function listOf(env: Environment, name: string, initial: string[]): string[] {
  return (
    textOf(env, name)
      ?.split(',')
      .map(item => item.trim()) ?? initial
  );
}

/** A variable that is empty counts as not set, as the OpenTelemetry specification has it. */
function textOf(env: Environment, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}

function wrongValue(name: string, allowed: string, given: unknown, used: unknown): string {
  const instead = used === undefined ? 'the default' : inspect(used);
  return `${name} must be ${allowed}, not ${inspect(given)}; using ${instead}`;
}
