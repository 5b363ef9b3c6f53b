import { types } from 'node:util';
import { ERROR_TYPES } from './status-codes';

/** How an operation failed, as far as telemetry may tell it: never the message, which can carry user data. */
export interface Failure {
  /** `error.type`. Undefined: nothing is known of the error. */
  readonly errorType: string | undefined;
  /** `db.response.status_code`: the Aerospike status code as text, when there is one. */
  readonly statusCode: string | undefined;
}

/** Makes the error that the application gets of what the native client reports. It does not throw. */
export type ErrorConversion = (reported: unknown) => unknown;

const KNOWN_FAILURES = new Map(
  Array.from(ERROR_TYPES, ([code, errorType]): [number, Failure] => [
    code,
    { errorType, statusCode: String(code) },
  ]),
);

/** A command of a client that is closed or was never connected. The client gives it the code of any client error. */
export const NOT_CONNECTED: Failure = { errorType: 'Connection', statusCode: '-1' };

const INVALID_ARGUMENT: Failure = { errorType: 'InvalidArgument', statusCode: undefined };
const UNKNOWN: Failure = { errorType: undefined, statusCode: undefined };

/** Longer names of classes are cut off: nobody can tell who makes them, and how many. */
const MAX_CLASS_NAME = 128;

/**
 * Reads a failure off whatever the client threw, rejected with or passed to a callback. An object of the application's
 * may throw when it is read: then nothing is known of it.
 */
export function failureOf(error: unknown): Failure {
  try {
    return read(error);
  } catch {
    return UNKNOWN;
  }
}

function read(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return UNKNOWN;
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'number') {
    // A code that is newer than the table is its own type.
    return KNOWN_FAILURES.get(code) ?? { errorType: String(code), statusCode: String(code) };
  }
  // Not instanceof: the native part makes its errors in the realm that has loaded it, which with Jest is another one.
  if (!types.isNativeError(error)) return UNKNOWN;
  // The native part of the client raises a TypeError for an argument of the wrong type.
  if (error.name === 'TypeError') return INVALID_ARGUMENT;
  const name: unknown = error.constructor.name;
  return typeof name === 'string' && name !== ''
    ? { errorType: name.slice(0, MAX_CLASS_NAME).toWellFormed(), statusCode: undefined }
    : UNKNOWN;
}

/** Whether the client does not know if a write was done, as its `AerospikeError.inDoubt` says. */
export function isInDoubt(error: unknown): boolean {
  try {
    return (error as { readonly inDoubt?: unknown } | null | undefined)?.inDoubt === true;
  } catch {
    return false;
  }
}
