import type { ModuleSource } from '../udf/source';
import type { Fault } from '../faults/fault';

/** What the calling thread may ask of the server's thread: name, argument, result. */
export interface Calls {
  /** Puts the server's clock forward by so many seconds. */
  advanceTime: (seconds: number) => void;
  /** Makes the functions of a module callable, instead of those it had. */
  registerUdf: (module: ModuleSource) => void;
  inject: (fault: Fault) => void;
  /** Removes all faults and cuts the connections that they have stalled. */
  reset: () => void;
  /** Has nothing answered any more. */
  pause: () => void;
  resume: () => void;
  /** Cuts all connections and frees the port. */
  kill: () => Promise<void>;
  /** Cuts all connections and listens again on the same port. */
  restart: (keepRecords: boolean) => Promise<void>;
}

export type CallName = keyof Calls;

export interface CallRequest {
  readonly id: number;
  readonly name: CallName;
  readonly argument: unknown;
}

/** The thread's answers; the first one, with id 0, says whether it listens. */
export interface CallAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string | undefined; readonly message: string };
}

export const STARTED = 0;

/** Errors lose their codes on the way between threads, so they travel as plain values. */
export function describeError(error: unknown): NonNullable<CallAnswer['error']> {
  const { code, message } = error as NodeJS.ErrnoException;
  return { code, message };
}
