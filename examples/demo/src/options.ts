import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Why a program cannot run, in one sentence for whoever started it. */
export class CannotRun extends Error {}

export const HELP = `Runs a small service on Aerospike, measures it and serves the metrics to Prometheus.

  npm run demo -- [options]

  --duration <seconds>  end after so long (default: at Ctrl-C)
  --linger <seconds>    then go on serving the metrics for so long (default: 0)
  --json                print nothing but the final numbers, as JSON
  --help                show this

  AEROSPIKE_HOSTS                host:port of a server to use instead of the embedded one
  OTEL_EXPORTER_PROMETHEUS_HOST  where the metrics are served (default: localhost)
  OTEL_EXPORTER_PROMETHEUS_PORT  and on which port (default: 9464)
`;

export interface Options {
  readonly help: boolean;
  readonly json: boolean;
  /** Infinity: until it is interrupted. */
  readonly durationMs: number;
  readonly lingerMs: number;
  /** Seed hosts of the server to use; undefined: the embedded one. */
  readonly hosts: string | undefined;
  readonly metrics: MetricsAddress;
}

export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws CannotRun when an option or a variable is wrong */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const { help, json, duration, linger } = readCommandLine(args, {
    help: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    duration: { type: 'string' },
    linger: { type: 'string' },
  });
  return {
    help,
    json,
    durationMs: duration === undefined ? Infinity : milliseconds('--duration', duration),
    lingerMs: linger === undefined ? 0 : milliseconds('--linger', linger),
    hosts: textOf(env.AEROSPIKE_HOSTS),
    metrics: {
      host: textOf(env.OTEL_EXPORTER_PROMETHEUS_HOST) ?? 'localhost',
      port: portOf(textOf(env.OTEL_EXPORTER_PROMETHEUS_PORT) ?? '9464'),
    },
  };
}

function milliseconds(option: string, text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds < Infinity)) {
    throw new CannotRun(`${option} must be a number of seconds above 0, not '${text}'.`);
  }
  return seconds * 1000;
}

/** A variable that is empty counts as not set. */
function textOf(variable: string | undefined): string | undefined {
  return variable === '' ? undefined : variable;
}

/** The exporter takes 0 for its default port, not for any free one. */
function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new CannotRun(
      `OTEL_EXPORTER_PROMETHEUS_PORT must be a port from 1 to 65535, not '${text}'.`,
    );
  }
  return port;
}

/**
 * Reads a command line that has nothing but these options.
 *
 * @throws CannotRun when it has something else
 */
export function readCommandLine<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>['values'] {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // What follows the first sentence is advice for programs that take more than these options.
    const [sentence] = (error as Error).message.split(/\. |\.?\n/);
    throw new CannotRun(`${sentence ?? ''}; --help lists the options.`);
  }
}
