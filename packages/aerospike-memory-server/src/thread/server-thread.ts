import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ResolvedOptions } from '../options';
import { STARTED, type CallAnswer, type CallName, type CallRequest, type Calls } from './calls';

interface PendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread that a server runs in. It needs one of its own: the client's connect() blocks the thread that calls it
 * until the server has answered.
 */
export class ServerThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, PendingCall>();
  #lastId = STARTED;
  #ended: Promise<unknown> | undefined;

  private constructor(options: ResolvedOptions) {
    this.#worker = new Worker(join(__dirname, 'entry.js'), { workerData: options });
    this.#worker.on('message', (answer: CallAnswer) => {
      this.#settle(answer);
    });
    this.#worker.on('exit', () => {
      this.#ended ??= Promise.resolve();
      for (const { reject } of this.#pending.values()) reject(new Error('The server has stopped.'));
      this.#pending.clear();
    });
  }

  /** Resolves to the running thread and the port it listens on. */
  static async start(options: ResolvedOptions): Promise<{ thread: ServerThread; port: number }> {
    const thread = new ServerThread(options);
    try {
      const port = (await thread.#expect(STARTED)) as number;
      return { thread, port };
    } catch (error) {
      await thread.end();
      throw error;
    }
  }

  call<Name extends CallName>(
    name: Name,
    ...[argument]: Parameters<Calls[Name]>
  ): Promise<Awaited<ReturnType<Calls[Name]>>> {
    if (this.#ended) return Promise.reject(new Error('The server has stopped.'));
    const request: CallRequest = { id: ++this.#lastId, name, argument };
    this.#worker.postMessage(request);
    return this.#expect(request.id) as Promise<Awaited<ReturnType<Calls[Name]>>>;
  }

  /**
   * Ends the thread, whatever it is doing, and with it all of its sockets. It is not asked to: it would not hear that
   * while a UDF keeps it busy.
   */
  async end(): Promise<void> {
    this.#ended ??= Promise.all([once(this.#worker, 'exit'), this.#worker.terminate()]);
    await this.#ended;
  }

  #expect(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
  }

  #settle({ id, result, error }: CallAnswer): void {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) call?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else call?.resolve(result);
  }
}
