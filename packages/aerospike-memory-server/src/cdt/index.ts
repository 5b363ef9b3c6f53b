import type { Particle } from '../protocol/particle';
import { particleOf, valueOf } from '../protocol/particle-value';
import { executeModify, executeRead } from './execute';
import { readCall } from './payload';

/** A bin after a modification, and what the operation answers. */
export interface Modified {
  readonly bin: Particle | undefined;
  readonly result: Particle | undefined;
}

/** A read of a list or map; the answer is undefined when there is nothing: no bin, no such key, a nil. */
export function readCollection(bin: Particle | undefined, payload: Buffer): Particle | undefined {
  const call = readCall(payload);
  return bin && particleOf(executeRead(valueOf(bin), call));
}

/** A modification of a list or map, which creates the bin where the operation does so. */
export function modifyCollection(bin: Particle | undefined, payload: Buffer): Modified {
  const { root, result } = executeModify(bin && valueOf(bin), readCall(payload));
  return { bin: particleOf(root), result: particleOf(result) };
}
