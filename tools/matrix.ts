import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@test/support';

export type OpenTelemetryLine = '2' | '3';

/** The combinations that all tests are run with by `npm run test:matrix`. */
export const MATRIX: readonly {
  readonly node: string;
  readonly aerospike: string;
  readonly opentelemetry: OpenTelemetryLine;
}[] = [
  { node: '20', aerospike: '6.7.1', opentelemetry: '2' },
  { node: '20', aerospike: '5.13.2', opentelemetry: '2' },
  { node: '22', aerospike: '6.7.1', opentelemetry: '3' },
  { node: '24', aerospike: '6.7.1', opentelemetry: '3' },
];

/** The packages of a line of OpenTelemetry, where it is not that of the lockfile. */
export const OPENTELEMETRY_LINES: Readonly<
  Record<OpenTelemetryLine, Readonly<Record<string, string>>>
> = {
  2: {},
  3: {
    '@opentelemetry/api': '1.10.0',
    '@opentelemetry/auto-instrumentations-node': '0.82.0',
    '@opentelemetry/context-async-hooks': '3.1.0',
    '@opentelemetry/core': '3.1.0',
    '@opentelemetry/exporter-metrics-otlp-http': '0.301.0',
    '@opentelemetry/exporter-metrics-otlp-proto': '0.301.0',
    '@opentelemetry/exporter-prometheus': '0.301.0',
    '@opentelemetry/instrumentation': '0.301.1',
    '@opentelemetry/instrumentation-http': '0.300.0',
    '@opentelemetry/resources': '3.1.0',
    '@opentelemetry/sdk-metrics': '3.1.0',
    '@opentelemetry/sdk-node': '0.301.0',
    '@opentelemetry/sdk-trace': '3.1.0',
  },
};

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string } | undefined>>;
}

/** The version of a package that a line of OpenTelemetry is tested with. */
export function openTelemetryVersion(line: OpenTelemetryLine, name: string): string {
  const lockfile = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile;
  const version =
    OPENTELEMETRY_LINES[line][name] ?? lockfile.packages[`node_modules/${name}`]?.version;
  if (version === undefined) throw new Error(`${name} is in no line of OpenTelemetry`);
  return version;
}
