import assert from 'node:assert/strict';
import { Cluster } from '../../src/cluster/cluster';
import type { ClusterNode } from '../../src/cluster/cluster-node';
import { resolveOptions } from '../../src/options';
import { PARTITION_COUNT } from '../../src/store/partition-set';
import { get, info, resultCodeOf } from '../support/requests';

const HEADER_LENGTH = 8;
/** In these tests nothing is noticed by itself. */
const NEVER_MS = 1_000_000;

type Three = readonly [ClusterNode, ClusterNode, ClusterNode];

function clusterOf(nodes: number, regroupMs = 0): Cluster {
  const cluster = new Cluster(resolveOptions({ nodes, regroupMs }));
  cluster.startAll();
  return cluster;
}

function three(cluster: Cluster): Three {
  const [a, b, c] = cluster.nodes;
  assert.ok(a && b && c);
  return [a, b, c];
}

function answer(node: ClusterNode, request: Buffer): Buffer {
  const frame = { type: request.readUInt8(1), body: request.subarray(HEADER_LENGTH) };
  return Buffer.concat([...node.answer(frame, `127.0.0.1:${node.port}`)]);
}

function tell(node: ClusterNode, name: string): string | undefined {
  const text = answer(node, info(`${name}\n`)).toString('utf8', HEADER_LENGTH);
  return text.trimEnd().split('\t')[1];
}

/** How many partitions each node has, after a check that each partition has one owner. */
function shares(...nodes: readonly ClusterNode[]): number[] {
  const ids = nodes.flatMap(({ partitions }) => partitions.ids);
  assert.equal(ids.length, PARTITION_COUNT);
  assert.equal(new Set(ids).size, PARTITION_COUNT);
  return nodes.map(({ partitions }) => partitions.ids.length);
}

function names(nodes: readonly ClusterNode[]): string[] {
  return nodes.map(({ name }) => name);
}

describe('the nodes of a cluster', () => {
  it('divide the partitions as real ones with these names do', () => {
    // What three and four nodes of Community Edition 8.1.2 were recorded to have.
    assert.deepEqual(shares(...clusterOf(3).nodes), [1367, 1350, 1379]);
    assert.deepEqual(shares(...clusterOf(4).nodes), [1014, 1033, 1015, 1034]);
    assert.deepEqual(shares(...clusterOf(1).nodes), [PARTITION_COUNT]);
  });

  it('have different names, hexadecimal as those of real ones', () => {
    assert.deepEqual(names(clusterOf(8).nodes), ['A1', 'B1', 'C1', 'D1', 'E1', 'F1', 'A2', 'B2']);
    const cluster = clusterOf(1);
    cluster.addNode();
    cluster.addNode();
    assert.deepEqual(names(cluster.nodes), ['B1', 'A1', 'C1']);
  });

  it('take over the partitions of one that has left, and no others', () => {
    const cluster = clusterOf(3);
    const [a, b, c] = three(cluster);
    const before = new Set(a.partitions.ids);
    cluster.leave(b);
    shares(a, c);
    assert.ok([...before].every(id => a.partitions.has(id)));
  });

  it('hand partitions to one that comes, and take none of each other', () => {
    const cluster = clusterOf(2);
    const [a, b] = cluster.nodes as unknown as Three;
    const before = new Set(a.partitions.ids);
    const c = cluster.addNode();
    cluster.start(c);
    shares(a, b, c);
    assert.ok(a.partitions.ids.every(id => before.has(id)));
  });

  it('tell clients by their generations that something has changed', () => {
    const cluster = clusterOf(3);
    const [a, b, c] = three(cluster);
    const generations = () =>
      [a, c].flatMap(node => [tell(node, 'peers-generation'), tell(node, 'partition-generation')]);
    assert.deepEqual(generations(), ['4', '0', '4', '0']);
    cluster.leave(b);
    assert.deepEqual(generations(), ['5', '1', '5', '1']);
    cluster.start(b);
    assert.deepEqual(generations(), ['7', '2', '7', '2']);
    assert.equal(tell(b, 'partition-generation'), '1');
  });

  it('list the others, those on the default port without one', () => {
    const [a, b, c] = three(clusterOf(3));
    [a.port, b.port, c.port] = [4000, 3000, 5000];
    assert.equal(tell(a, 'peers-clear-std'), '4,3000,[[C1,,[127.0.0.1:5000]],[B1,,[127.0.0.1]]]');
    assert.equal(tell(a, 'peers-clear-alt'), '4,3000,[]');
    assert.equal(tell(a, 'services'), '127.0.0.1:5000;127.0.0.1:3000');
  });

  it('list the others at the address where they were reached themselves', () => {
    const [a, b, c] = three(clusterOf(3));
    [b.port, c.port] = [3000, 5000];
    const request = info('peers-clear-std\n');
    const [text] = a.answer({ type: 1, body: request.subarray(HEADER_LENGTH) }, '[::1]:4000');
    assert.match(String(text), /\[\[C1,,\[\[::1\]:5000\]\],\[B1,,\[\[::1\]\]\]\]/);
  });

  it('go on to list one that has left until they notice', () => {
    const cluster = clusterOf(3, NEVER_MS);
    const [a, b] = three(cluster);
    cluster.leave(b);
    assert.deepEqual(names(a.peers), ['B1', 'C1']);
    shares(...cluster.nodes);
  });

  it('refuse everything with code 11 when they have started, until the others notice', () => {
    const cluster = clusterOf(3, NEVER_MS);
    const [a, b] = three(cluster);
    cluster.leave(b);
    cluster.start(b);
    assert.equal(resultCodeOf(answer(b, get('k'))), 11);
    assert.equal(tell(b, 'partition-generation'), '-1');
    assert.equal(tell(b, 'peers-generation'), '0');
    assert.equal(tell(b, 'peers-clear-std'), '0,3000,[]');
    assert.equal(tell(b, 'replicas'), `test:0,1,${'A'.repeat(683)}=`);
    assert.equal(resultCodeOf(answer(a, get('k'))), 2);
  });

  it('are the whole cluster when they start alone', () => {
    const cluster = clusterOf(3, NEVER_MS);
    const [a, b, c] = three(cluster);
    for (const node of [a, b, c]) cluster.leave(node);
    cluster.start(b);
    assert.deepEqual(shares(b), [PARTITION_COUNT]);
    assert.deepEqual(names(b.peers), []);
    assert.equal(resultCodeOf(answer(b, get('k'))), 2);
  });

  it('lose nothing of what they know when they do not answer for a while', () => {
    const cluster = clusterOf(3, NEVER_MS);
    const [, b] = three(cluster);
    cluster.leave(b);
    cluster.goOn(b);
    shares(...cluster.nodes);
    assert.deepEqual(names(b.peers), ['A1', 'C1']);
    assert.equal(tell(b, 'partition-generation'), '0');
  });

  it('come back into the cluster when they answer again', () => {
    const cluster = clusterOf(3);
    const [a, b, c] = three(cluster);
    cluster.leave(b);
    shares(a, c);
    cluster.goOn(b);
    shares(a, b, c);
    assert.deepEqual(names(b.peers), ['A1', 'C1']);
  });

  it('forget one that could not be started', () => {
    const cluster = clusterOf(3);
    cluster.removeNode(cluster.addNode());
    assert.equal(cluster.nodes.length, 3);
    shares(...cluster.nodes);
  });

  it('keep one store', () => {
    const cluster = clusterOf(3);
    assert.ok(cluster.nodes.every(({ store }) => store === cluster.store));
  });
});
