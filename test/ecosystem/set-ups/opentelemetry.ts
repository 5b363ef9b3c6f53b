import { recipeOf } from '../page';
import { OPERATIONS, type NodeVersion, type SetUp } from '../set-up';
import { OPENTELEMETRY_2 } from './versions';

const AUTO = '@opentelemetry/auto-instrumentations-node/register';
const REGISTER = 'opentelemetry-instrumentation-aerospike/register';
const OTHER_ORDER = `--require ${REGISTER} --require ${AUTO}`;

type Lines = Readonly<
  Record<string, Pick<SetUp, 'node' | 'versions'> & { readonly node: NodeVersion }>
>;

/** Each is tried on both lines of OpenTelemetry, since they are not built alike. */
const LINES: Lines = {
  'OpenTelemetry 3.x': { node: 22 },
  'OpenTelemetry 2.x': { node: 20, versions: OPENTELEMETRY_2 },
};

const PLACES: readonly SetUp[] = [
  {
    name: 'NodeSDK',
    sections: ['NodeSDK'],
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
  {
    name: 'startNodeSDK',
    sections: ['startNodeSDK'],
    source: 'otlp',
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
  {
    name: 'Declarative configuration',
    sections: ['startNodeSDK', 'Declarative configuration'],
    commands: ['OTEL_CONFIG_FILE=otel.yaml node --require ./telemetry.js app.js'],
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
  {
    name: 'auto-instrumentations, Prometheus',
    sections: ['auto-instrumentations'],
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
  {
    name: 'auto-instrumentations, Prometheus, loaded after this package',
    sections: ['auto-instrumentations'],
    commands: [`OTEL_METRICS_EXPORTER=prometheus node ${OTHER_ORDER} app.js`],
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
  {
    name: 'auto-instrumentations, OTLP',
    sections: ['auto-instrumentations and OTLP'],
    source: 'otlp',
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
  {
    name: 'auto-instrumentations, OTLP, loaded after this package',
    sections: ['auto-instrumentations and OTLP'],
    commands: [`OTEL_METRICS_EXPORTER=otlp node ${OTHER_ORDER} app.js`],
    source: 'otlp',
    expected: { measured: OPERATIONS, spans: OPERATIONS },
  },
];

/** SDKs that the application sets up. */
export const OPENTELEMETRY: readonly SetUp[] = [
  ...PLACES.flatMap(setUp =>
    Object.entries(LINES).map(([line, versions]) => ({
      ...setUp,
      ...versions,
      name: `${setUp.name}, ${line}`,
      group: 'opentelemetry',
    })),
  ),
  {
    name: 'OTLP, without an SDK',
    sections: ['OTLP'],
    group: 'shared',
    source: 'otlp',
    expected: { measured: OPERATIONS },
  },
  {
    name: 'Sentry',
    sections: ['Sentry'],
    group: 'shared',
    expected: { measured: OPERATIONS, spans: OPERATIONS },
    shows: ['@sentry/node'],
  },
  {
    name: 'Sentry 10',
    sections: ['Sentry', 'Sentry 10'],
    installs: recipeOf(['Sentry 10']).installs,
    expected: { measured: OPERATIONS, spans: OPERATIONS },
    shows: ['@sentry/node', '@opentelemetry/api'],
  },
  {
    name: 'Sentry 10, another @opentelemetry/api',
    sections: ['Sentry'],
    versions: { '@sentry/node': '^10.0.0' },
    expected: { measured: OPERATIONS, says: [/.*@opentelemetry\/api.*/] },
    shows: ['@sentry/node', '@opentelemetry/api'],
  },
];
