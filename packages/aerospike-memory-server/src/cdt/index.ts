import type { Particle } from '../protocol/particle';
import { unsupported } from '../protocol/result-code';

type Read = (bin: Particle | undefined, payload: Buffer) => Particle | undefined;

type Modify = (
  bin: Particle | undefined,
  payload: Buffer,
) => { bin: Particle | undefined; result: Particle | undefined };

export const readCollection: Read = () => {
  throw unsupported('a list or map operation');
};

export const modifyCollection: Modify = () => {
  throw unsupported('a list or map operation');
};
