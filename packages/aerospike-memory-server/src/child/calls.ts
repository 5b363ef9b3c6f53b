import type { ModuleSource } from '../udf/source';
import type { Fault } from '../faults/fault';

/** What the calling process may ask of the server's process: name, argument, result. */
export interface Calls {
  /** Puts the server's clock forward by so many seconds. */
  advanceTime: (seconds: number) => void;
  /** Makes the functions of a module callable, instead of those it had. */
  registerUdf: (module: ModuleSource) => void;
  inject: (fault: Fault) => void;
  /** Removes all faults and cuts the connections that they have stalled. */
  reset: () => void;
  /** Has nothing answered any more, by the node of this name; without one, by all. */
  pause: (node?: string) => void;
  resume: (node?: string) => void;
  /** Cuts all connections and frees the port. */
  kill: (node?: string) => Promise<void>;
  /** Cuts all connections and listens again on the same port. */
  restart: (how: { readonly node?: string; readonly keepRecords: boolean }) => Promise<void>;
  addNode: () => Promise<NodeAddress>;
}

/** Where a node listens. */
export interface NodeAddress {
  readonly name: string;
  /** TCP port. */
  readonly port: number;
}

export type CallName = keyof Calls;

export interface CallRequest {
  readonly id: number;
  readonly name: CallName;
  readonly argument: unknown;
}

/** The answers; the first one, with id 0, says where its nodes listen. */
export interface CallAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: DescribedError;
}

/** A line that the server has for the standard error of the process that started it. */
export interface Notice {
  readonly notice: string;
}

/** An error on its way between processes, as plain values. */
interface DescribedError {
  readonly name: string;
  readonly code: string | undefined;
  /** The port that could not be listened on. */
  readonly port: number | undefined;
  readonly message: string;
}

export const STARTED = 0;

export function describeError(error: unknown): DescribedError {
  const { name, code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  return { name, code, port, message };
}

export function errorFrom({ name, code, port, message }: DescribedError): Error {
  const error = name === 'RangeError' ? new RangeError(message) : new Error(message);
  return code === undefined ? error : Object.assign(error, { code, port });
}
