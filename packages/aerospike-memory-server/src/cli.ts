import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './child-program';
import type { MemoryServerOptions } from './options';
import { onPackageRunnerEnd } from './package-runner';
import { AerospikeMemoryServer } from './server';
import { loadModule, type LoadedModule } from './udf/load';

const DEFAULT_PORT = 3000;

const USAGE = `Usage: aerospike-memory-server [options] [--] [command]

An in-memory server that speaks the Aerospike wire protocol. With a command it serves that command alone, on any free
port, as its AEROSPIKE_HOSTS, and ends with it; where AEROSPIKE_HOSTS is set already, the command uses that server.
Without one it serves until it gets SIGINT or SIGTERM, or until the npm, npx or Yarn that started it has ended.

  -p, --port <number>     TCP port, 0 for any free one (default ${DEFAULT_PORT})
      --host <address>    address to listen on (default 127.0.0.1)
      --nodes <number>    nodes of one cluster, on this port and those after it (default 1)
  -n, --namespace <name>  a namespace; may be given several times (default test)
  -u, --udf <file.js>     functions of the UDF module that has the file's name; may be given several times
  -h, --help              print this
  -v, --version           print the version
`;

const OPTIONS = {
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  nodes: { type: 'string' },
  namespace: { type: 'string', short: 'n', multiple: true },
  udf: { type: 'string', short: 'u', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

async function main(args: readonly string[]): Promise<void> {
  const [own, command] = splitAtCommand(args);
  const {
    port,
    host,
    nodes,
    namespace,
    udf = [],
    help,
    version,
  } = parseArgs({
    args: own,
    options: OPTIONS,
  }).values;
  const options: MemoryServerOptions = {
    ...(port !== undefined && { port: numberOf(port) }),
    ...(host !== undefined && { host }),
    ...(nodes !== undefined && { nodes: numberOf(nodes) }),
    ...(namespace && { namespaces: namespace }),
  };
  if (help) process.stdout.write(USAGE);
  else if (version) process.stdout.write(`${versionOfPackage()}\n`);
  else if (command) await serveCommand(command, options, udf);
  else await serve({ port: DEFAULT_PORT, ...options }, udf);
}

/**
 * The options, and the command that follows them, with `--` between the two or not: of `npm exec aerospike-memory-server
 * -- node app.js` npm leaves the dashes out, and so does Yarn 1.
 */
function splitAtCommand(args: readonly string[]): [own: string[], command?: string[]] {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind !== 'option');
  if (!end) return [[...args]];
  const start = end.kind === 'option-terminator' ? end.index + 1 : end.index;
  return [args.slice(0, end.index), args.slice(start)];
}

async function serveCommand(
  command: readonly string[],
  options: MemoryServerOptions,
  udfFiles: readonly string[],
): Promise<void> {
  if (command.length === 0) throw new Error("A command must follow '--'.");
  if (process.env.AEROSPIKE_HOSTS) {
    process.exitCode = await runCommand(command, process.env);
    return;
  }
  const server = await start(options, udfFiles);
  try {
    const env = { ...process.env, AEROSPIKE_HOSTS: server.hosts };
    process.exitCode = await runCommand(command, env);
  } finally {
    await server.stop();
  }
}

async function serve(options: MemoryServerOptions, udfFiles: readonly string[]): Promise<void> {
  const server = await start(options, udfFiles);
  // Before it says that it listens: whoever waits for that may end it at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop());
  }
  onPackageRunnerEnd(() => void server.stop());
  const { namespaces = ['test'] } = options;
  process.stdout.write(`listening on ${server.hosts}, namespaces ${namespaces.join(', ')}\n`);
}

/** Starts a server with the functions in these files. */
async function start(
  options: MemoryServerOptions,
  udfFiles: readonly string[],
): Promise<AerospikeMemoryServer> {
  const modules: readonly LoadedModule[] = await Promise.all(udfFiles.map(loadModule));
  const server = await AerospikeMemoryServer.create({ ...options, keepAlive: true });
  try {
    for (const { name, functions } of modules) await server.registerUdf(name, functions);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
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
  const { code, message } = error as NodeJS.ErrnoException;
  const hint = code?.startsWith('ERR_PARSE_ARGS') ? '; --help lists the options' : '';
  process.stderr.write(`aerospike-memory-server: ${message}${hint}\n`);
  process.exitCode = 1;
});
