import { reportFault } from '../diagnostics';
import type { Method } from '../aerospike/operation';
import type { ClientState } from './client-state';
import type { ReadableClient } from './reading';

export type LifecycleHooks = Readonly<
  Record<string, (original: Method, state: StateSource) => Method>
>;

/** Gives the client state that is fed at the moment, if any. */
export type StateSource = () => ClientState | undefined;

/** Wrappers for the methods that a client's life begins and ends with. They pass on everything as it is. */
export const LIFECYCLE_HOOKS: LifecycleHooks = {
  connect: (original, state) =>
    function (...args) {
      tell(state, known => {
        known.add(this as ReadableClient);
      });
      return original.apply(this, args);
    },

  close: (original, state) =>
    function (...args) {
      tell(state, known => {
        known.beforeClose(this as ReadableClient);
      });
      try {
        return original.apply(this, args);
      } finally {
        tell(state, known => {
          known.afterClose(this as ReadableClient);
        });
      }
    },
};

function tell(state: StateSource, what: (known: ClientState) => void): void {
  try {
    const known = state();
    if (known !== undefined) what(known);
  } catch (error) {
    reportFault('the state of a client could not be followed', error);
  }
}
