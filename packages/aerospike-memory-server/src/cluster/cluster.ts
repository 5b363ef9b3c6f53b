import { Store } from '../store/store';
import type { ResolvedOptions } from '../options';
import { ClusterNode } from './cluster-node';
import { unusedName } from './node-names';
import { partitionsByOwner } from './partition-owners';

/**
 * Some nodes with one store. Each knows who is in the cluster. When one comes or goes, the others notice it after a
 * while, as real nodes do when heartbeats fail to come; then all that run regroup: they agree on the members, and with
 * that on the owner of each partition.
 */
export class Cluster {
  readonly store: Store;
  readonly #nodes: ClusterNode[] = [];
  readonly #options: ResolvedOptions;
  /** Those that run and are not paused. */
  readonly #running = new Set<ClusterNode>();
  /** Those that the others take for running. */
  #noticed: ReadonlySet<ClusterNode> = new Set();
  /** When what has become of a node will be noticed. */
  readonly #timers = new Map<ClusterNode, NodeJS.Timeout>();

  constructor(options: ResolvedOptions) {
    const { namespaces, defaultTtl, maxRecordSize, nodes } = options;
    this.#options = options;
    this.store = new Store(namespaces.map(name => ({ name, defaultTtl, maxRecordSize })));
    for (let i = 0; i < nodes; i++) this.addNode();
  }

  get nodes(): readonly ClusterNode[] {
    return this.#nodes;
  }

  /** One more, which has yet to be started. */
  addNode(): ClusterNode {
    const name = unusedName(
      this.#nodes.map(node => node.name),
      this.#options.nodes,
    );
    const node = new ClusterNode(name, this.#options.clusterName, this.store);
    this.#nodes.push(node);
    return node;
  }

  /** Forgets a node that could not be started for the first time. */
  removeNode(node: ClusterNode): void {
    this.#nodes.splice(this.#nodes.indexOf(node), 1);
  }

  /** All nodes start, and know each other at once. */
  startAll(): void {
    for (const node of this.#nodes) {
      node.start();
      this.#running.add(node);
    }
    this.#noticeAll();
  }

  /** A node starts, with an empty memory of the cluster. */
  start(node: ClusterNode): void {
    node.start();
    this.#appear(node);
  }

  /** A node has ended, or does not answer any more. */
  leave(node: ClusterNode): void {
    this.#running.delete(node);
    this.#noticeLater(node);
  }

  /** A node that did not answer goes on where it was. */
  goOn(node: ClusterNode): void {
    if (this.#running.has(node)) return;
    this.#running.add(node);
    // It missed the heartbeats of the others as they missed its own, so it is a cluster of its own until they meet.
    if (!this.#noticed.has(node)) this.#form([node]);
    this.#appear(node);
  }

  #appear(node: ClusterNode): void {
    this.#running.add(node);
    if (this.#running.size === 1) this.#noticeAll();
    else this.#noticeLater(node);
  }

  #noticeLater(node: ClusterNode): void {
    clearTimeout(this.#timers.get(node));
    const notice = () => {
      this.#timers.delete(node);
      const others = [...this.#noticed].filter(each => each !== node);
      this.#regroup(new Set(this.#running.has(node) ? [...others, node] : others));
    };
    if (this.#options.regroupMs === 0) notice();
    else this.#timers.set(node, setTimeout(notice, this.#options.regroupMs).unref());
  }

  #noticeAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#regroup(new Set(this.#running));
  }

  #regroup(noticed: ReadonlySet<ClusterNode>): void {
    this.#noticed = noticed;
    this.#form(this.#nodes.filter(node => noticed.has(node)));
  }

  /** Those that are paused learn nothing of it. */
  #form(members: readonly ClusterNode[]): void {
    const partitions = partitionsByOwner(members.map(({ name }) => name));
    for (const node of members) {
      const own = partitions.get(node.name);
      if (own && this.#running.has(node)) node.join(members, own);
    }
  }
}
