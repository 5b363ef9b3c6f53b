/*
 * A service of two workers. It does what each line of its standard input says, one after the other, and says `done`
 * after each. A worker that ends is replaced. When the input ends, the workers end, and so does the service.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Client } from 'aerospike';
import { PATIENT } from '@test/support';

const { HOSTS = '', WORKER_ARGS, SECOND_BOUNDARIES } = process.env;

type Command = readonly [what: string, ...rest: string[]];

function main(): void {
  // Empty for the process that is not instrumented.
  if (WORKER_ARGS !== undefined) {
    cluster.setupPrimary({ execArgv: WORKER_ARGS.split(' ').filter(Boolean) });
  }
  cluster.fork();
  cluster.fork({
    ...(SECOND_BOUNDARIES && { OTEL_INSTRUMENTATION_AEROSPIKE_BOUNDARIES: SECOND_BOUNDARIES }),
  });
  // Only what the workers of the application send arrives.
  cluster.on('message', (_, message) => {
    if (message !== 'done') console.log(`foreign message ${JSON.stringify(message)}`);
  });
  let last = Promise.resolve();
  createInterface({ input: process.stdin })
    .on('line', line => {
      last = last.then(async () => {
        await obey(line.split(' ') as unknown as Command);
        console.log('done');
      });
    })
    .on('close', () => {
      for (const worker of workers()) worker.send(['leave']);
    });
}

async function obey(command: Command): Promise<void> {
  const [what, ...rest] = command;
  const [eldest] = workers();
  if (eldest === undefined) throw new Error('there is no worker');
  if (what === 'stop') eldest.process.kill('SIGSTOP');
  else if (what === 'continue') eldest.process.kill('SIGCONT');
  else if (what === 'live-shortly') {
    for (let left = Number(rest[0]); left > 0; left--)
      await replace(workers()[1], ['live-shortly']);
  } else if (what === 'call') {
    const asked = rest.at(-1) === 'eldest' ? [eldest] : workers();
    await Promise.all(asked.map(worker => answerOf(worker, command)));
  } else {
    await replace(eldest, command);
  }
}

/** The eldest first. */
function workers(): Worker[] {
  const all = Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined);
  return all.sort((a, b) => a.id - b.id);
}

async function answerOf(worker: Worker, command: Command): Promise<void> {
  const answered = once(worker, 'message');
  worker.send(command);
  await answered;
}

/** Has a worker end in some way, and starts another one. */
async function replace(worker: Worker | undefined, command: Command): Promise<void> {
  if (worker === undefined) throw new Error('there is no such worker');
  const ended = once(worker, 'exit');
  if (command[0] === 'kill') worker.process.kill('SIGKILL');
  else worker.send(command);
  const [code, signal] = (await ended) as [number | null, string | null];
  console.log(`ended ${signal ?? `code ${code}`}`);
  cluster.fork();
}

/** In a worker: the client is loaded with its first call. */
let client: Promise<Client> | undefined;

async function call(times: number): Promise<void> {
  const Aerospike = createRequire(__filename)('aerospike') as typeof import('aerospike');
  client ??= Aerospike.connect({ ...PATIENT, hosts: HOSTS });
  const connected = await client;
  const key = new Aerospike.Key('test', 'workers', 'key');
  await Promise.all(Array.from({ length: times }, () => connected.exists(key)));
}

const COMMANDS: Readonly<Record<string, (times: number) => unknown>> = {
  async call(times) {
    await call(times);
    process.send?.('done');
  },
  async 'live-shortly'() {
    await call(1);
    process.exit(3);
  },
  async 'kill-in-report'(times) {
    await call(times);
    killInNextReport();
  },
  exit: () => process.exit(3),
  error() {
    setImmediate(() => {
      throw new Error('uncaught');
    });
  },
  signal: () => process.kill(process.pid, 'SIGTERM'),
  async leave() {
    (await client)?.close(false);
    cluster.worker?.disconnect();
  },
};

/** Half of what this worker tells next gets through. */
function killInNextReport(): void {
  const write = Reflect.get(Socket.prototype, 'write') as (...given: unknown[]) => boolean;
  Reflect.set(Socket.prototype, 'write', function (this: Socket, ...given: unknown[]) {
    const [text] = given;
    if (typeof text !== 'string' || !text.startsWith('{"type":"report"')) {
      return Reflect.apply(write, this, given);
    }
    Reflect.apply(write, this, [text.slice(0, text.length / 2)]);
    return process.kill(process.pid, 'SIGKILL');
  });
}

if (cluster.isPrimary) main();
else {
  process.on('message', ([what, times]: Command) => {
    void COMMANDS[what]?.(Number(times));
  });
}
