import { reportFault } from '../diagnostics';
import { NODE_EVENTS, type NodeEvent } from './attribute-sets';
import type { ClientState } from './client-state';
import type { ReadableClient } from './reading';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Gives the client state that is fed at the moment, if any. */
export type StateSource = () => ClientState | undefined;

/**
 * Wrappers for the methods of the client's class by which clients and changes of their nodes become known. They pass on
 * everything as it is. No listener is added to a client, since the application may count its own, or remove all.
 */
export const LIFECYCLE_HOOKS: Readonly<
  Record<string, (original: Method, state: StateSource) => Method>
> = {
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

  emit: (original, state) =>
    function (...args) {
      const [name, event] = args;
      if (isNodeEvent(name)) {
        tell(state, known => {
          known.nodesChanged(this as ReadableClient, name, nodeNameOf(event));
        });
      }
      return original.apply(this, args);
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

function isNodeEvent(name: unknown): name is NodeEvent {
  return typeof name === 'string' && Object.hasOwn(NODE_EVENTS, name);
}

function nodeNameOf(event: unknown): string {
  const { nodeName } = (event ?? {}) as { readonly nodeName?: unknown };
  return typeof nodeName === 'string' ? nodeName : '';
}
