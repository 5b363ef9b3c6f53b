import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './command';
import { AerospikeMemoryServer } from './server';

const DEFAULT_PORT = 3000;

const USAGE = `Usage: aerospike-memory-server [options] [-- command]

An in-memory server that speaks the Aerospike wire protocol. With a command it serves that command alone, on any free
port, as its AEROSPIKE_HOSTS, and ends with it; where AEROSPIKE_HOSTS is set already, the command uses that server.

  -p, --port <number>     TCP port, 0 for any free one (default ${DEFAULT_PORT})
      --host <address>    address to listen on (default 127.0.0.1)
  -n, --namespace <name>  a namespace; may be given several times (default test)
  -h, --help              print this
  -v, --version           print the version
`;

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', short: 'p' },
      host: { type: 'string' },
      namespace: { type: 'string', short: 'n', multiple: true },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  }).values;
}

type Options = NonNullable<Parameters<typeof AerospikeMemoryServer.create>[0]>;

async function main(args: readonly string[]): Promise<void> {
  const [own, command] = splitAtDashes(args);
  const { port, host, namespace, help, version } = parse(own);
  const options: Options = {
    ...(port !== undefined && { port: numberOf(port) }),
    ...(host !== undefined && { host }),
    ...(namespace && { namespaces: namespace }),
  };
  if (help) process.stdout.write(USAGE);
  else if (version) process.stdout.write(`${versionOfPackage()}\n`);
  else if (command) await serveCommand(command, options);
  else await serve({ port: DEFAULT_PORT, ...options });
}

/** The options, and the command that follows `--`. */
function splitAtDashes(args: readonly string[]): [own: readonly string[], command?: string[]] {
  const end = args.indexOf('--');
  return end === -1 ? [args] : [args.slice(0, end), args.slice(end + 1)];
}

async function serveCommand(command: readonly string[], options: Options): Promise<void> {
  if (command.length === 0) throw new Error("A command must follow '--'.");
  if (process.env.AEROSPIKE_HOSTS) {
    process.exitCode = await runCommand(command, process.env);
    return;
  }
  const server = await AerospikeMemoryServer.create(options);
  try {
    const env = { ...process.env, AEROSPIKE_HOSTS: server.hosts };
    process.exitCode = await runCommand(command, env);
  } finally {
    await server.stop();
  }
}

async function serve(options: Options): Promise<void> {
  const server = await AerospikeMemoryServer.create(options);
  // Before it says that it listens: whoever waits for that may end it at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop());
  }
  const { namespaces = ['test'] } = options;
  process.stdout.write(`listening on ${server.hosts}, namespaces ${namespaces.join(', ')}\n`);
}

/** What is no number stays as it is, for the message to show. */
function numberOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : (text as unknown as number);
}

function versionOfPackage(): string {
  const file = readFileSync(join(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`aerospike-memory-server: ${(error as Error).message}\n`);
  process.exitCode = 1;
});
