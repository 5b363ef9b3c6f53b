import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Why a program cannot run, in one sentence for whoever started it. */
export class CannotRun extends Error {}

export const HELP = `Runs a small service on Aerospike, measures it and serves the metrics to Prometheus.

  npm run demo -- [options]

  --duration <seconds>  end after so long (default: at Ctrl-C)
  --linger <seconds>    then go on serving the metrics for so long (default: 0)
  --nodes <number>      nodes of the embedded server, 1 to 8 (default: 1)
  --fault node          kill one of its nodes after a quarter of the duration, and restart it after half of it
                        (without a duration: after 10 and 20 seconds)
  --json                print nothing but the final numbers, as JSON
  --help                show this

  AEROSPIKE_HOSTS                host:port of a server to use instead of the embedded one
  OTEL_EXPORTER_PROMETHEUS_HOST  where the metrics are served (default: localhost)
  OTEL_EXPORTER_PROMETHEUS_PORT  and on which port (default: 9464)
`;

/** A cluster of Aerospike's Community Edition has no more. */
const MAX_NODES = 8;

export interface Options {
  readonly help: boolean;
  readonly json: boolean;
  /** Infinity: until it is interrupted. */
  readonly durationMs: number;
  readonly lingerMs: number;
  /** Seed hosts of the server to use; undefined: the embedded one. */
  readonly hosts: string | undefined;
  /** Of the embedded server. */
  readonly nodes: number;
  /** Whether one of its nodes is to fail. */
  readonly letNodeFail: boolean;
  readonly metrics: MetricsAddress;
}

export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws CannotRun when an option or a variable is wrong */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const { help, json, duration, linger, nodes, fault } = readCommandLine(args, {
    help: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    duration: { type: 'string' },
    linger: { type: 'string' },
    nodes: { type: 'string' },
    fault: { type: 'string' },
  });
  const hosts = textOf(env.AEROSPIKE_HOSTS);
  const embedded = nodesOf(nodes, fault, hosts);
  return {
    help,
    json,
    durationMs: duration === undefined ? Infinity : milliseconds('--duration', duration),
    lingerMs: linger === undefined ? 0 : milliseconds('--linger', linger),
    hosts,
    nodes: embedded,
    letNodeFail: fault !== undefined,
    metrics: {
      host: textOf(env.OTEL_EXPORTER_PROMETHEUS_HOST) ?? 'localhost',
      port: portOf(textOf(env.OTEL_EXPORTER_PROMETHEUS_PORT) ?? '9464'),
    },
  };
}

/** How many nodes the embedded server has, after a check that these options go together. */
function nodesOf(
  text: string | undefined,
  fault: string | undefined,
  hosts: string | undefined,
): number {
  const nodes = Number(text ?? 1);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > MAX_NODES) {
    throw new CannotRun(`--nodes must be a number from 1 to ${MAX_NODES}, not '${text ?? ''}'.`);
  }
  if (fault !== undefined && fault !== 'node') {
    throw new CannotRun(`--fault can be 'node', not '${fault}'.`);
  }
  if (fault !== undefined && nodes === 1) {
    throw new CannotRun('--fault node needs more than one node, such as --nodes 3.');
  }
  if (hosts !== undefined && (text ?? fault) !== undefined) {
    throw new CannotRun('--nodes and --fault are for the embedded server; AEROSPIKE_HOSTS is set.');
  }
  return nodes;
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
