import type { MemoryServerNode } from 'aerospike-memory-server';
import { pause } from './interruption';

/** When a node fails and comes back, without an end of the demo to go by. */
const FAILS_AFTER_MS = 10_000;
const DOWN_FOR_MS = 10_000;

/**
 * Kills the last of the nodes after a quarter of the time that the demo has, and restarts it after half of it.
 *
 * @param durationMs Infinity: it is killed after 10 seconds and restarted after 20
 * @param say what happens, for whoever watches
 */
export async function letNodeFail(
  nodes: readonly MemoryServerNode[],
  durationMs: number,
  say: (text: string) => void,
  stop: AbortSignal,
): Promise<void> {
  const node = nodes.at(-1);
  if (!node || !(await pause(Math.min(durationMs / 4, FAILS_AFTER_MS), stop))) return;
  await node.kill();
  say(`Node ${node.name} (${node.hosts}) is killed.`);
  if (!(await pause(Math.min(durationMs / 4, DOWN_FOR_MS), stop))) return;
  await node.restart();
  say(`Node ${node.name} (${node.hosts}) is restarted.`);
}
