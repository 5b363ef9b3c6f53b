import { inspect } from 'node:util';
import { resolveFault, type Fault } from './faults/fault';
import { explainListenError } from './listen-error';
import {
  MAX_NODES,
  resolveOptions,
  type MemoryServerOptions,
  type ResolvedOptions,
} from './options';
import { checked, oneOf } from './rules';
import { MemoryServerNode } from './server-node';
import type { NodeAddress } from './child/calls';
import { ServerProcess } from './child/server-process';
import { describeModule } from './udf/source';
import type { UdfFunctions } from './udf/types';

/** How to start a server again. */
export interface RestartOptions {
  /** Whether it still has its records, as one that writes them to a disk has. Default: true. */
  readonly keepRecords?: boolean;
}

/**
 * An Aerospike server that keeps everything in memory, in a process of its own, which ends with this one.
 *
 * @example
 * const server = await AerospikeMemoryServer.create();
 * const client = await Aerospike.connect({ hosts: server.hosts });
 * …
 * client.close();
 * await server.stop();
 */
export class AerospikeMemoryServer {
  readonly #process: ServerProcess;
  readonly #nodes: MemoryServerNode[];

  /** The address the server listens on. */
  readonly host: string;
  /** The port the server listens on; of several nodes, that of the first. */
  readonly port: number;

  private constructor(
    process: ServerProcess,
    { host }: ResolvedOptions,
    nodes: readonly NodeAddress[],
  ) {
    this.#process = process;
    this.#nodes = nodes.map(each => new MemoryServerNode(process, host, each));
    this.host = host;
    this.port = nodes[0]?.port ?? 0;
  }

  /**
   * Starts a server.
   *
   * @returns it, once its nodes listen.
   * @throws TypeError when an option is wrong; the message names it.
   * @throws Error with the system's `code` when the address cannot be listened on, such as `EADDRINUSE`.
   */
  static async create(options: MemoryServerOptions = {}): Promise<AerospikeMemoryServer> {
    const resolved = resolveOptions(options);
    try {
      const { process, nodes } = await ServerProcess.start(resolved);
      return new AerospikeMemoryServer(process, resolved, nodes);
    } catch (error) {
      throw explainListenError(error as Error, resolved.host, resolved.port);
    }
  }

  /** What to give the client as `hosts`: `'127.0.0.1:49152'`; of several nodes, all of them with commas between them. */
  get hosts(): string {
    return this.#nodes.map(({ hosts }) => hosts).join(',');
  }

  /** The nodes of the cluster, killed and paused ones included. A server is one node unless it was told otherwise. */
  get nodes(): readonly MemoryServerNode[] {
    return [...this.#nodes];
  }

  /**
   * Starts one more node. Clients see it when the others have noticed it, after `regroupMs`.
   *
   * @returns it, when it listens.
   * @throws RangeError when there are as many as there can be, killed ones included: 8.
   * @throws Error with the system's `code` when the port after that of the last node cannot be had.
   */
  async addNode(): Promise<MemoryServerNode> {
    if (this.#nodes.length === MAX_NODES) {
      throw new RangeError(`A cluster has at most ${MAX_NODES} nodes.`);
    }
    try {
      const node = new MemoryServerNode(
        this.#process,
        this.host,
        await this.#process.call('addNode'),
      );
      this.#nodes.push(node);
      return node;
    } catch (error) {
      throw explainListenError(error as Error, this.host, this.port);
    }
  }

  /**
   * Puts the server's clock forward, so that records expire without waiting.
   *
   * @param seconds - how far, 0 or more.
   * @throws RangeError when it is less than 0 or no number, or leads beyond 2136: records expire in 2146 at the latest.
   */
  async advanceTime(seconds: number): Promise<void> {
    if (!Number.isFinite(seconds) || seconds < 0) {
      throw new RangeError(`seconds must be a number from 0, not ${inspect(seconds)}`);
    }
    await this.#process.call('advanceTime', seconds);
  }

  /**
   * Gives a module's functions in JavaScript, for `apply`, batches, background jobs and aggregations: Lua is not run.
   * The client need not register a Lua file of that name, and removing the file does not remove these functions.
   *
   * They run in the server's process, so only their source text gets there: they see their arguments, the language, `Map`
   * and `Buffer`; no variables around them, no `require`. They are not asynchronous. What a function throws is the
   * client's error 100, and then nothing is stored. While one does not return, the server answers nobody; `stop()` ends
   * that.
   *
   * @example
   * await server.registerUdf('counters', {
   *   add(record, bin, by) {
   *     record.bins[bin] = (record.bins[bin] ?? 0) + by;
   *     record.save();
   *     return record.bins[bin];
   *   },
   *   count(records) {
   *     return [...records].length;
   *   },
   * });
   * await client.apply(key, { module: 'counters', funcname: 'add', args: ['hits', 1] });
   *
   * @param module - the name without `.lua`; an earlier registration is replaced.
   * @throws TypeError when the name or a function is none.
   */
  async registerUdf(module: string, functions: UdfFunctions): Promise<void> {
    await this.#process.call('registerUdf', describeModule(module, functions));
  }

  /**
   * Lets something go wrong with the next commands that match. Of several faults that match a command, the one that was
   * injected first strikes. Resolves when the fault is in effect.
   *
   * @throws TypeError when an option is wrong; the message names it.
   */
  async inject(fault: Fault): Promise<void> {
    const resolved = resolveFault(fault);
    const { node } = resolved.match ?? {};
    const names = this.#nodes.map(({ name }) => name);
    if (node !== undefined && !names.includes(node)) {
      throw new TypeError(`There is no node ${node}; there are ${names.join(', ')}.`);
    }
    await this.#process.call('inject', resolved);
  }

  /** Removes all faults, and cuts the connections whose commands they have left without an answer. */
  async reset(): Promise<void> {
    await this.#process.call('reset');
  }

  /** All nodes go on to accept connections, but answer nothing, as processes that are stopped by SIGSTOP. */
  async pause(): Promise<void> {
    await this.#process.call('pause');
  }

  /** Answers everything that has arrived since it was paused, and goes on. */
  async resume(): Promise<void> {
    await this.#process.call('resume');
  }

  /** Cuts all connections and frees the ports at once, until it is restarted; ends a pause. Faults and records stay. */
  async kill(): Promise<void> {
    await this.#process.call('kill');
  }

  /**
   * Listens again, on the same ports; a server that was not killed is killed first. Its nodes know each other at once.
   *
   * @throws TypeError when an option is wrong; the message names it.
   * @throws Error with the system's `code` when the port has been taken meanwhile; restart() may be called again.
   */
  async restart(options: RestartOptions = {}): Promise<void> {
    const { keepRecords = true } = checked(options, { keepRecords: oneOf([true, false]) });
    try {
      await this.#process.call('restart', { keepRecords });
    } catch (error) {
      throw explainListenError(error as Error, this.host, this.port);
    }
  }

  /** Cuts all connections, forgets all records and frees the port. May be called any number of times. */
  stop(): Promise<void> {
    return this.#process.end();
  }

  /** Stops the server at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
