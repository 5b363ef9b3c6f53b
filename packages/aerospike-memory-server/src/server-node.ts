import { explainListenError } from './listen-error';
import { hostAndPort } from './network/address';
import type { NodeAddress } from './child/calls';
import type { ServerProcess } from './child/server-process';

/**
 * One of the nodes of a server. What happens to it the other nodes notice after `regroupMs`: until then they go on to
 * list it, then they take over its partitions, or hand it some.
 */
export class MemoryServerNode {
  readonly #process: ServerProcess;

  /** The name that clients know it by: `'B1'`. */
  readonly name: string;
  /** The address it listens on. */
  readonly host: string;
  /** The port it listens on, which stays the same. */
  readonly port: number;

  /** @internal */
  constructor(process: ServerProcess, host: string, { name, port }: NodeAddress) {
    this.#process = process;
    this.name = name;
    this.host = host;
    this.port = port;
  }

  /** Its address as the client takes it: `'127.0.0.1:49152'`. */
  get hosts(): string {
    return hostAndPort(this.host, this.port);
  }

  /** Cuts its connections and frees its port at once, until it is restarted; ends a pause. */
  async kill(): Promise<void> {
    await this.#process.call('kill', this.name);
  }

  /**
   * Listens again, on the same port; a node that was not killed is killed first. Until the others have noticed it, it
   * answers commands with code 11.
   *
   * @throws Error with the system's `code` when the port has been taken meanwhile; restart() may be called again.
   */
  async restart(): Promise<void> {
    try {
      await this.#process.call('restart', { node: this.name, keepRecords: true });
    } catch (error) {
      throw explainListenError(error as Error, this.host, this.port);
    }
  }

  /** Goes on to accept connections, but answers nothing, as a process that is stopped by SIGSTOP. */
  async pause(): Promise<void> {
    await this.#process.call('pause', this.name);
  }

  /** Answers everything that has arrived since it was paused, and goes on. */
  async resume(): Promise<void> {
    await this.#process.call('resume', this.name);
  }
}
