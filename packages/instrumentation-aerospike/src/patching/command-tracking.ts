import { reportFault } from '../diagnostics';
import { NOT_CONNECTED, type ErrorConversion } from '../aerospike/failure';
import type { Observation } from '../call/observation';
import type { Observer } from '../call/observer';
import type { AerospikeClient, Method, Operation } from '../aerospike/operation';
import { enter } from '../coexistence';
import { isAbortable, observeAbort, observeCompletion, type NativeCallback } from './completion';
import { resembling } from './method';

export interface CommandTracking {
  /** Wraps the public method of an operation. */
  wrapOperation(original: Method, methodName: string, operation: Operation): Method;
  /** Wraps `client.asExec(command, args)`. */
  wrapExecution(original: Method, conversion: ErrorConversion): Method;
  /** Wraps a method whose calls of the client are not the application's. */
  wrapPoll(original: Method): Method;
}

/**
 * Makes the wrappers that observe each call of a public method until its completion.
 *
 * Every public method reaches `client.asExec(command, args)` in the same turn, in promise and in callback style alike.
 * There the command goes to the native client, with a completion callback of the client's own as last argument. The
 * wrapper of the public method starts the observation, and that of `asExec` puts itself in front of the completion
 * callback. So what the application passed and what it gets back are untouched: its callback, with `this` and
 * arguments, and its promise, with everything that hangs on it.
 */
export function trackCommands(observer: Observer): CommandTracking {
  /** The observation of the public method that is running and has not reached the native client yet. */
  let pending: Observation | undefined;
  let isPolling = false;

  return {
    wrapOperation(original, methodName, operation) {
      return resembling(original, function (this: unknown, ...args: unknown[]) {
        if (isPolling) return original.apply(this, args);
        if (isPartOf(pending, methodName, operation)) {
          pending.isDelegated = true;
          return original.apply(this, args);
        }
        const observation = observer.observe(operation, methodName, this, args);
        if (observation === undefined) return original.apply(this, args);
        if (operation.isStream === true || hasCallback(args)) observation.keepCaller();

        const outer = pending;
        const outerRecord = enter(observation.record);
        pending = observation;
        let result: unknown;
        let thrown: { readonly error: unknown } | undefined;
        try {
          result = original.apply(this, args);
        } catch (error) {
          thrown = { error };
        }
        const wasExecuted = pending !== observation;
        pending = outer;
        // What a hook calls from now on is a call of its own, although wrappers further out have not returned.
        enter(outerRecord === observation.record ? undefined : outerRecord);
        if (thrown !== undefined) {
          observation.methodReturned(args);
          observation.fail(thrown.error);
          throw thrown.error;
        }
        if (wasExecuted) {
          observation.methodReturned(args);
          if (observation.refusal !== undefined) observation.fail(observation.refusal.error);
          if (operation.isStream && isAbortable(result)) observeAbort(observation, result);
          return result;
        }
        const isLater = operation.delegate !== undefined && !observation.isDelegated;
        // It leaves its work to another method in a later turn: that call will be measured by itself.
        if (isLater && result instanceof Promise) return result;
        observation.methodReturned(args);
        return settle(observation, operation.target.client(this, args), result);
      });
    },

    wrapPoll(original) {
      return resembling(original, function (this: unknown, ...args: unknown[]) {
        const wasPolling = isPolling;
        isPolling = true;
        try {
          return original.apply(this, args);
        } finally {
          isPolling = wasPolling;
        }
      });
    },

    wrapExecution(original, conversion) {
      return resembling(original, function (this: unknown, command: unknown, args: unknown) {
        const observation = pending;
        const callback: unknown = Array.isArray(args) ? args.at(-1) : undefined;
        if (observation === undefined || typeof callback !== 'function') {
          return original.call(this, command, args);
        }
        pending = undefined;
        // Every instrumentation that sees this call has found its record by now.
        enter(undefined);
        // The client has made this list of arguments for this one call.
        const own = args as unknown[];
        own[own.length - 1] = observeCompletion(
          observation,
          callback as NativeCallback,
          conversion,
        );
        try {
          return original.call(this, command, args);
        } catch (error) {
          // The method makes a rejection of it, or throws it on.
          observation.refusal = { error };
          throw error;
        }
      });
    },
  };
}

/**
 * Whether a call belongs to the one that is running: the method leaves its work to this one, or somebody has wrapped our
 * wrapper of it and we have wrapped that.
 */
function isPartOf(
  pending: Observation | undefined,
  methodName: string,
  operation: Operation,
): pending is Observation {
  if (pending === undefined) return false;
  return pending.operation === operation || pending.operation.delegate === methodName;
}

function hasCallback(args: readonly unknown[]): boolean {
  for (const arg of args) if (typeof arg === 'function') return true;
  return false;
}

/** The client makes this error only where nobody sees it before the application. */
const NOT_CONNECTED_ERROR = { code: -1, message: 'Not connected.' };

/**
 * Completes an observation whose method returned without having given a command to the native client. Few do:
 * `queryRole` is an async function, and rejects before it comes to that when its arguments are wrong.
 */
function settle(observation: Observation, client: AerospikeClient, result: unknown): unknown {
  // A plain status, such as that of a transaction that is finished already, needs no connection.
  if (typeof result !== 'number' && !isConnected(client)) {
    observation.fail(NOT_CONNECTED_ERROR, NOT_CONNECTED);
    return result;
  }
  if (result instanceof Promise) {
    return result.then(
      (value: unknown) => {
        observation.succeed();
        return value;
      },
      (error: unknown) => {
        observation.fail(error);
        throw error;
      },
    );
  }
  observation.succeed();
  return result;
}

function isConnected(client: AerospikeClient): boolean {
  try {
    return client.isConnected(false);
  } catch (error) {
    reportFault('a client could not tell whether it is connected', error);
    return true;
  }
}
