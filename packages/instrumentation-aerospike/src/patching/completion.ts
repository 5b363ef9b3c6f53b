import { failureOf } from '../errors';
import type { Observation } from '../observation';
import type { Operation } from '../operations/operation';
import type { Method } from './method';

/** The native client reports success with null, or with an error whose code is 0. */
interface NativeError {
  readonly code: number;
}

/** `AerospikeError.code` of a missing record. */
const RECORD_NOT_FOUND = 2;

/** Puts the completion of an observation in front of the callback that the native client reports to. */
export function observeCompletion(observation: Observation, callback: Method): Method {
  const complete = observation.operation.isStream === true ? completeStream : completeCommand;
  return function (this: unknown, ...report: unknown[]) {
    complete(observation, report);
    return callback.apply(this, report);
  };
}

/** A command is reported once: `(error, …results)`. */
function completeCommand(observation: Observation, [error]: unknown[]): void {
  if (!isFailure(error) || isMissingRecordResult(observation.operation, error)) {
    observation.succeed();
  } else {
    observation.fail(failureOf(error));
  }
}

/** A stream is reported record by record: `(error, bins, …)`, where the end has no bins. */
function completeStream(observation: Observation, [error, bins]: unknown[]): void {
  if (isFailure(error)) {
    observation.fail(failureOf(error));
  } else if (!bins) {
    observation.succeed();
  }
}

function isFailure(error: unknown): error is NativeError {
  return Boolean(error) && (error as NativeError).code !== 0;
}

function isMissingRecordResult(operation: Operation, error: NativeError): boolean {
  return operation.missingRecordSucceeds === true && error.code === RECORD_NOT_FOUND;
}

interface Abortable {
  readonly abort: Method;
}

/**
 * Completes the observation of a record stream that the application aborts: the native client may report its end much
 * later, or never. The stream gets no listener, since one for 'error' would keep an unhandled error from being thrown.
 */
export function observeAbort(observation: Observation, stream: Abortable): void {
  const { abort } = stream;
  Object.defineProperty(stream, 'abort', {
    value: function (this: unknown, ...args: unknown[]) {
      observation.succeed();
      return abort.apply(this, args);
    },
    configurable: true,
    writable: true,
  });
}

export function isAbortable(result: unknown): result is Abortable {
  return typeof (result as Partial<Abortable> | null | undefined)?.abort === 'function';
}
