import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AerospikeMemoryServer } from './server';

const DEFAULT_PORT = 3000;

const USAGE = `Usage: aerospike-memory-server [options]

An in-memory server that speaks the Aerospike wire protocol.

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

async function main(args: readonly string[]): Promise<void> {
  const { port, host, namespace, help, version } = parse(args);
  if (help) process.stdout.write(USAGE);
  else if (version) process.stdout.write(`${versionOfPackage()}\n`);
  else {
    await serve({
      port: port === undefined ? DEFAULT_PORT : numberOf(port),
      ...(host !== undefined && { host }),
      ...(namespace && { namespaces: namespace }),
    });
  }
}

async function serve(
  options: NonNullable<Parameters<typeof AerospikeMemoryServer.create>[0]>,
): Promise<void> {
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
