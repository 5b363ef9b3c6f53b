import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { ResolvedOptions } from '../options';
import {
  errorFrom,
  STARTED,
  type CallAnswer,
  type CallName,
  type CallRequest,
  type Calls,
  type NodeAddress,
  type Notice,
} from './calls';
import { causeOfEnd } from './cause-of-end';

interface PendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The part of what the process prints that is kept: what has ended it stands in its last lines. */
const LAST_OUTPUT_LENGTH = 16 * 1024;
/** Milliseconds that the process has to end by itself. It needs more only while a UDF keeps it busy. */
const PATIENCE_MS = 1000;
/** MiB of JavaScript's heap. Values of records are not in it. */
const MAX_HEAP_MIB = 1024;

/**
 * The process that a server runs in. It needs a thread of its own, because the client's connect() blocks the thread that
 * calls it until the server has answered; and a thread is not enough, because V8 ends the whole process when the memory
 * of any thread runs out.
 */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #keepAlive: boolean;
  readonly #pending = new Map<number, PendingCall>();
  readonly #closed: Promise<unknown>;
  #lastId = STARTED;
  #lastOutput = '';
  /** Set when the process is told to end, or has ended. */
  #end: string | undefined;

  private constructor(options: ResolvedOptions) {
    this.#keepAlive = options.keepAlive;
    this.#child = startChild(options);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastOutput = (this.#lastOutput + text).slice(-LAST_OUTPUT_LENGTH);
    });
    this.#child.on('message', (message: CallAnswer | Notice) => {
      if ('notice' in message) say(message.notice);
      else this.#settle(message);
    });
    // Not the event 'close': there is none when it is this side that disconnects.
    this.#closed = Promise.all([exit(this.#child), outputEnd(this.#child)]).then(([cause]) => {
      this.#reportEnd(cause);
    });
  }

  /** Resolves to the running process and where its nodes listen. */
  static async start(
    options: ResolvedOptions,
  ): Promise<{ process: ServerProcess; nodes: readonly NodeAddress[] }> {
    const process = new ServerProcess(options);
    try {
      const nodes = (await process.#expect(STARTED)) as readonly NodeAddress[];
      return { process, nodes };
    } catch (error) {
      await process.end();
      throw error;
    }
  }

  call<Name extends CallName>(
    name: Name,
    ...[argument]: Parameters<Calls[Name]>
  ): Promise<Awaited<ReturnType<Calls[Name]>>> {
    if (this.#end !== undefined) return Promise.reject(new Error(this.#end));
    const request: CallRequest = { id: ++this.#lastId, name, argument };
    this.#child.send(request, () => undefined);
    return this.#expect(request.id) as Promise<Awaited<ReturnType<Calls[Name]>>>;
  }

  /** Ends the process, whatever it is doing, and with it all of its sockets. */
  async end(): Promise<void> {
    this.#end ??= 'The server has stopped.';
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#hold(true);
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE_MS);
    await this.#closed;
    clearTimeout(timer);
  }

  #expect(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#holdOrRelease();
    });
  }

  #settle({ id, result, error }: CallAnswer): void {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    this.#holdOrRelease();
    if (error) call?.reject(errorFrom(error));
    else call?.resolve(result);
  }

  #reportEnd({ code, signal, error }: Exit): void {
    if (this.#end === undefined) {
      const cause = error?.message ?? causeOfEnd(code, signal, this.#lastOutput);
      this.#end = `The server has ended: ${cause}.`;
      say(`the server has ended, and all of its commands fail: ${cause}`);
    }
    for (const { reject } of this.#pending.values()) reject(new Error(this.#end));
    this.#pending.clear();
  }

  /** Only a call that waits for its answer keeps this process alive, unless the server is to do so all the time. */
  #holdOrRelease(): void {
    this.#hold(this.#keepAlive || this.#pending.size > 0);
  }

  #hold(holds: boolean): void {
    const { channel, stderr } = this.#child;
    for (const handle of [this.#child, channel, stderr as Socket | null]) {
      if (holds) handle?.ref();
      else handle?.unref();
    }
  }
}

/** @throws Error when Node.js lets no process be started */
function startChild(options: ResolvedOptions): ChildProcess {
  try {
    return forkEntry(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ERR_ACCESS_DENIED'
        ? "Node.js's permission model forbids it; add --allow-child-process"
        : message;
    throw new Error(`Cannot start the process of the server: ${reason}.`, { cause: error });
  }
}

function forkEntry(options: ResolvedOptions): ChildProcess {
  return fork(join(__dirname, 'entry.js'), [JSON.stringify(options)], {
    // The folder of an application may be gone, and then no Node.js starts in it.
    cwd: __dirname,
    env: environment(),
    execArgv: [`--max-old-space-size=${MAX_HEAP_MIB}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  readonly error?: Error;
}

function exit(child: ChildProcess): Promise<Exit> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
    child.on('error', error => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
  });
}

function outputEnd({ stderr }: ChildProcess): Promise<unknown> {
  return new Promise(resolve => stderr?.once('close', resolve));
}

/** What NODE_OPTIONS has loaded into this process is not for the server, except what makes Yarn's packages readable. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, ...others } = process.env;
  return process.versions.pnp === undefined ? others : { ...others, NODE_OPTIONS };
}

function say(text: string): void {
  process.stderr.write(`aerospike-memory-server: ${text}\n`);
}
