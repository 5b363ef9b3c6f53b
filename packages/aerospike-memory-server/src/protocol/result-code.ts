import { refusals } from './refusals';

/** Result codes that the server gives (Aerospike's names). */
export const ResultCode = {
  OK: 0,
  SERVER_ERROR: 1,
  KEY_NOT_FOUND: 2,
  GENERATION: 3,
  PARAMETER: 4,
  KEY_EXISTS: 5,
  TIMEOUT: 9,
  PARTITION_UNAVAILABLE: 11,
  BIN_TYPE: 12,
  RECORD_TOO_BIG: 13,
  UNSUPPORTED_FEATURE: 16,
  BIN_NOT_FOUND: 17,
  KEY_MISMATCH: 19,
  INVALID_NAMESPACE: 20,
  BIN_NAME: 21,
  ELEMENT_NOT_FOUND: 23,
  ELEMENT_EXISTS: 24,
  ENTERPRISE_ONLY: 25,
  OP_NOT_APPLICABLE: 26,
  FILTERED_OUT: 27,
  SECURITY_NOT_SUPPORTED: 51,
  UDF_BAD_RESPONSE: 100,
  INVALID_GEOJSON: 160,
  INDEX_FOUND: 200,
  INDEX_NOT_FOUND: 201,
} as const;

/** A command that ends with a result code other than 0. */
export class CommandError extends Error {
  constructor(
    readonly resultCode: number,
    message: string,
  ) {
    super(message);
    this.name = 'CommandError';
  }
}

/** Anything this server does not implement is refused, never answered wrongly. */
export function unsupported(what: string): CommandError {
  return new CommandError(ResultCode.UNSUPPORTED_FEATURE, `${what} is not supported`);
}

export function resultCodeOf(error: unknown): number {
  if (error instanceof CommandError) {
    const { resultCode, message } = error;
    if (resultCode === ResultCode.UNSUPPORTED_FEATURE) refusals.note(message);
    return resultCode;
  }
  // A mistake of this server: the client gets an error, and whoever runs the server hears of it.
  process.emitWarning(error as Error);
  return ResultCode.SERVER_ERROR;
}
