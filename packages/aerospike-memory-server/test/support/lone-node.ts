import { Cluster } from '../../src/cluster/cluster';
import type { ClusterNode } from '../../src/cluster/cluster-node';
import { resolveOptions, type MemoryServerOptions } from '../../src/options';

/** The node of a cluster of one, without a socket. */
export function loneNode(options: MemoryServerOptions = {}): ClusterNode {
  const cluster = new Cluster(resolveOptions(options));
  cluster.startAll();
  const [node] = cluster.nodes;
  if (!node) throw new Error('There is no node.');
  return node;
}
