import { reportFault } from '../diagnostics';
import type { Observation } from '../call/observation';
import type { ErrorConversion } from '../aerospike/failure';
import type { Method, Operation } from '../aerospike/operation';

/** The callback that the native client reports to: `(error, …results)`. */
export type NativeCallback = (
  error: unknown,
  first: unknown,
  second: unknown,
  third: unknown,
) => unknown;

/** The native client reports success with null, or with an error whose code is 0. */
interface NativeError {
  readonly code: number;
}

/** `AerospikeError.code` of a missing record. */
const RECORD_NOT_FOUND = 2;

/** `status` of a row of a batch. */
const ROW_OK = 0;

/** Puts the completion of an observation in front of the callback that the native client reports to. */
export function observeCompletion(
  observation: Observation,
  callback: NativeCallback,
  conversion: ErrorConversion,
): NativeCallback {
  const report = observation.operation.isStream === true ? reportRecord : reportResult;
  return (error, first, second, third) => {
    try {
      report(observation, error, first, conversion);
    } catch (fault) {
      reportFault('the result of an operation could not be read', fault);
    }
    const { caller } = observation;
    const goesOn =
      caller === undefined
        ? callback(error, first, second, third)
        : caller.runInAsyncScope(callback, undefined, error, first, second, third);
    // The native client never lets go of the callback of a stream that has failed, or that was told not to go on.
    if (goesOn === false || isFailure(error)) observation.releaseCaller();
    return goesOn;
  };
}

/** A command is reported once. */
function reportResult(
  observation: Observation,
  error: unknown,
  result: unknown,
  conversion: ErrorConversion,
): void {
  const { operation } = observation;
  if (isFailure(error) && !isMissingRecordResult(operation, error)) {
    observation.fail(error, undefined, conversion);
    return;
  }
  if (observation.countsRows && Array.isArray(result)) {
    observation.addRows(result.filter(isReturned).length);
  }
  observation.succeed();
}

/** A stream is reported record by record, and its end without bins. */
function reportRecord(
  observation: Observation,
  error: unknown,
  bins: unknown,
  conversion: ErrorConversion,
): void {
  if (isFailure(error)) {
    observation.fail(error, undefined, conversion);
  } else if (bins) {
    observation.addRows(1);
  } else {
    observation.succeed();
  }
}

function isFailure(error: unknown): error is NativeError {
  return Boolean(error) && (error as NativeError).code !== 0;
}

function isMissingRecordResult(operation: Operation, error: NativeError): boolean {
  return operation.missingRecordSucceeds === true && error.code === RECORD_NOT_FOUND;
}

function isReturned(row: unknown): boolean {
  return (row as { readonly status?: unknown } | null)?.status === ROW_OK;
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
  // Somebody may have frozen it.
  Reflect.defineProperty(stream, 'abort', {
    value: function (this: unknown, ...args: unknown[]) {
      const { caller } = observation;
      observation.succeed();
      // The 'end' that abort() causes finds its listeners in the context that it is called in.
      return caller === undefined
        ? abort.apply(this, args)
        : caller.runInAsyncScope(abort, this, ...args);
    },
    configurable: true,
    writable: true,
  });
}

export function isAbortable(result: unknown): result is Abortable {
  return typeof (result as Partial<Abortable> | null | undefined)?.abort === 'function';
}
