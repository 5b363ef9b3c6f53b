import { executeModify, executeRead, readCall } from '../../src/cdt';
import { toStorable, type Value } from '../../src/protocol/msgpack';
import type { Particle } from '../../src/protocol/particle';
import { particleOf, valueOf } from '../../src/protocol/particle-value';

interface Modified {
  readonly bin: Particle | undefined;
  readonly result: Particle | undefined;
}

function stored(bin: Particle | undefined): Value | undefined {
  return bin && toStorable(valueOf(bin));
}

/** What a read operation on a list or map answers. */
export function readCollection(bin: Particle | undefined, payload: Buffer): Particle | undefined {
  const call = readCall(payload);
  const value = stored(bin);
  return value === undefined ? undefined : particleOf(executeRead(value, call));
}

/** What a modify operation on a list or map leaves and answers. */
export function modifyCollection(bin: Particle | undefined, payload: Buffer): Modified {
  const { root, result } = executeModify(stored(bin), readCall(payload));
  return { bin: particleOf(root), result: particleOf(result) };
}
