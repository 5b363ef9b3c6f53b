import { BOOLEAN, textOf } from './option-kinds';

type Environment = NodeJS.ProcessEnv;

const ENABLED_ONLY = 'OTEL_NODE_ENABLED_INSTRUMENTATIONS';
const DISABLED = 'OTEL_NODE_DISABLED_INSTRUMENTATIONS';
const EXPORTER = 'OTEL_METRICS_EXPORTER';

/** The name that the two lists of instrumentations have for this one. */
const NAME = 'aerospike';

/** The variables that switch it off, and when they do. */
const SWITCHES: readonly (readonly [name: string, isOff: (value: string) => boolean])[] = [
  ['OTEL_SDK_DISABLED', value => BOOLEAN.parse(value) === true],
  [ENABLED_ONLY, value => !listOf(value).includes(NAME)],
  [DISABLED, value => listOf(value).includes(NAME)],
];

/** The variable that switches this package off, as it is set; undefined where none does. */
export function switchedOffBy(env: Environment): string | undefined {
  return firstOf(env, SWITCHES);
}

/** The variable with which somebody has said that metrics go nowhere, as it is set; undefined where nobody has. */
export function metricsUnwantedBy(env: Environment): string | undefined {
  return switchedOffBy(env) ?? firstOf(env, [[EXPORTER, isNone]]);
}

function isNone(exporters: string): boolean {
  return listOf(exporters).every(name => name.toLowerCase() === 'none');
}

function firstOf(env: Environment, switches: typeof SWITCHES): string | undefined {
  for (const [name, isOff] of switches) {
    const value = textOf(env, name);
    if (value !== undefined && isOff(value)) return `${name}=${value}`;
  }
  return undefined;
}

function listOf(value: string): string[] {
  return value.split(',').map(item => item.trim());
}
