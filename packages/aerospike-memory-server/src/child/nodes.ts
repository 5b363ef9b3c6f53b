import type { Cluster } from '../cluster/cluster';
import type { ClusterNode } from '../cluster/cluster-node';
import type { Faults } from '../faults/faults';
import { Listener } from '../network/listener';
import type { ResolvedOptions } from '../options';
import type { NodeAddress } from './calls';

interface ListeningNode {
  readonly node: ClusterNode;
  readonly listener: Listener;
}

/** The nodes of a cluster, each with the port on which it listens: what is done to one reaches the other. */
export class Nodes {
  readonly #nodes: ListeningNode[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly faults: Faults,
    private readonly options: ResolvedOptions,
  ) {
    for (const node of cluster.nodes) this.#add(node);
  }

  /** Has one node listen, for the others to notice, or all of them, which then are a cluster at once. */
  async listen(name?: string): Promise<NodeAddress[]> {
    const named = this.#named(name);
    for (const each of named) await listen(each);
    if (name === undefined) this.cluster.startAll();
    else for (const { node } of named) this.cluster.start(node);
    return named.map(({ node }) => addressOf(node));
  }

  async add(): Promise<NodeAddress> {
    const node = this.cluster.addNode();
    const added = this.#add(node);
    try {
      await listen(added);
    } catch (error) {
      this.#nodes.pop();
      this.cluster.removeNode(node);
      throw error;
    }
    this.cluster.start(node);
    return addressOf(node);
  }

  /** Has nothing answered any more: by one node, which the others then miss, or by all, which notice nothing. */
  pause(name?: string): void {
    for (const { node, listener } of this.#listening(name)) {
      listener.pause();
      if (name !== undefined) this.cluster.leave(node);
    }
  }

  resume(name?: string): void {
    for (const { node, listener } of this.#listening(name)) {
      this.cluster.goOn(node);
      listener.resume();
    }
  }

  /** Cuts all connections and frees the port. */
  async kill(name?: string): Promise<void> {
    for (const { node, listener } of this.#named(name)) {
      await listener.close();
      this.cluster.leave(node);
    }
  }

  closeStalled(): void {
    for (const { listener } of this.#nodes) listener.closeStalled();
  }

  #named(name: string | undefined): readonly ListeningNode[] {
    return this.#nodes.filter(({ node }) => name === undefined || node.name === name);
  }

  /** Without those that were killed. */
  #listening(name: string | undefined): readonly ListeningNode[] {
    return this.#named(name).filter(({ listener }) => listener.isListening);
  }

  /** With a port of its own: the one after that of the node before it, unless any will do. */
  #add(node: ClusterNode): ListeningNode {
    const { port } = this.options;
    const listener = new Listener(
      this.faults.intercept((frame, address) => node.answer(frame, address), node.name),
      { ...this.options, port: port === 0 ? 0 : port + this.#nodes.length },
    );
    const added = { node, listener };
    this.#nodes.push(added);
    return added;
  }
}

async function listen({ node, listener }: ListeningNode): Promise<void> {
  node.port = await listener.listen();
}

function addressOf({ name, port }: ClusterNode): NodeAddress {
  return { name, port };
}
