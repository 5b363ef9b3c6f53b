import { ERROR_TYPE_VALUE_OTHER } from './semconv';

/** How an operation failed, as far as telemetry may tell it: never the message, which can carry user data. */
export interface Failure {
  /** `error.type` */
  readonly errorType: string;
  /** `db.response.status_code`: the Aerospike status code as text, when there is one. */
  readonly statusCode: string | undefined;
}

/**
 * `error.type` for each status code that the client can report. Negative codes are raised by the client, positive
 * ones by the server. The names are those that aerospike-py reports, so that one dashboard serves both.
 */
export const ERROR_TYPES: ReadonlyMap<number, string> = new Map([
  [-20, 'MetricsConflict'],
  [-19, 'TxnAlreadyAborted'],
  [-18, 'TxnAlreadyCommitted'],
  [-17, 'TxnFailed'],
  [-16, 'BatchFailed'],
  [-15, 'NoResponse'],
  [-14, 'MaxErrorRate'],
  [-13, 'UseNormalRetry'],
  [-12, 'MaxRetriesExceeded'],
  [-11, 'AsyncQueueFull'],
  [-10, 'Connection'],
  [-9, 'TlsError'],
  [-8, 'InvalidNode'],
  [-7, 'NoMoreConnections'],
  [-6, 'Connection'],
  [-5, 'ClientAbort'],
  [-4, 'InvalidHost'],
  [-3, 'NoMoreRecords'],
  [-2, 'InvalidArgument'],
  [-1, 'ClientError'],
  [1, 'ServerError'],
  [2, 'KeyNotFoundError'],
  [3, 'GenerationError'],
  [4, 'ParameterError'],
  [5, 'KeyExistsError'],
  [6, 'BinExistsError'],
  [7, 'ClusterKeyMismatch'],
  [8, 'ServerMemError'],
  [9, 'Timeout'],
  [10, 'AlwaysForbidden'],
  [11, 'PartitionUnavailable'],
  [12, 'BinTypeError'],
  [13, 'RecordTooBig'],
  [14, 'KeyBusy'],
  [15, 'ScanAbort'],
  [16, 'UnsupportedFeature'],
  [17, 'BinNotFound'],
  [18, 'DeviceOverload'],
  [19, 'KeyMismatch'],
  [20, 'InvalidNamespace'],
  [21, 'BinNameTooLong'],
  [22, 'FailForbidden'],
  [23, 'ElementNotFound'],
  [24, 'ElementExists'],
  [25, 'EnterpriseOnly'],
  [26, 'OpNotApplicable'],
  [27, 'FilteredOut'],
  [28, 'LostConflict'],
  [32, 'XDRKeyBusy'],
  [50, 'QueryEnd'],
  [51, 'SecurityNotSupported'],
  [52, 'SecurityNotEnabled'],
  [53, 'SecuritySchemeNotSupported'],
  [54, 'InvalidCommand'],
  [55, 'InvalidField'],
  [56, 'IllegalState'],
  [60, 'InvalidUser'],
  [61, 'UserAlreadyExists'],
  [62, 'InvalidPassword'],
  [63, 'ExpiredPassword'],
  [64, 'ForbiddenPassword'],
  [65, 'InvalidCredential'],
  [66, 'ExpiredSession'],
  [70, 'InvalidRole'],
  [71, 'RoleAlreadyExists'],
  [72, 'InvalidPrivilege'],
  [73, 'InvalidAllowlist'],
  [74, 'QuotasNotEnabled'],
  [75, 'InvalidQuota'],
  [80, 'NotAuthenticated'],
  [81, 'RoleViolation'],
  [82, 'NotAllowlisted'],
  [83, 'QuotaExceeded'],
  [100, 'UdfBadResponse'],
  [120, 'MrtBlocked'],
  [121, 'MrtVersionMismatch'],
  [122, 'MrtExpired'],
  [123, 'MrtTooManyWrites'],
  [124, 'MrtCommitted'],
  [125, 'MrtAborted'],
  [126, 'MrtAlreadyLocked'],
  [127, 'MrtMonitorExists'],
  [150, 'BatchDisabled'],
  [151, 'BatchMaxRequestsExceeded'],
  [152, 'BatchQueuesFull'],
  [160, 'InvalidGeojson'],
  [200, 'IndexFound'],
  [201, 'IndexNotFound'],
  [202, 'IndexOom'],
  [203, 'IndexNotReadable'],
  [204, 'IndexGeneric'],
  [205, 'IndexNameMaxLen'],
  [206, 'IndexMaxCount'],
  [210, 'QueryAborted'],
  [211, 'QueryQueueFull'],
  [212, 'QueryTimeout'],
  [213, 'QueryGeneric'],
  [1301, 'UdfNotFound'],
  [1302, 'LuaFileNotFound'],
]);

const UNKNOWN_STATUS_CODE = 'Unknown';

const KNOWN_FAILURES = new Map(
  Array.from(ERROR_TYPES, ([code, errorType]): [number, Failure] => [
    code,
    { errorType, statusCode: String(code) },
  ]),
);

/** A command of a client that is closed or was never connected. The client gives it the code of any client error. */
export const NOT_CONNECTED: Failure = { errorType: 'Connection', statusCode: '-1' };

const INVALID_ARGUMENT: Failure = { errorType: 'InvalidArgument', statusCode: undefined };

/** Reads a failure off whatever the client threw, rejected with or passed to a callback. */
export function failureOf(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return other(ERROR_TYPE_VALUE_OTHER);
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'number') {
    return KNOWN_FAILURES.get(code) ?? { errorType: UNKNOWN_STATUS_CODE, statusCode: String(code) };
  }
  // The native part of the client raises a TypeError for an argument of the wrong type.
  if (error instanceof TypeError) return INVALID_ARGUMENT;
  return other(error instanceof Error ? error.constructor.name : ERROR_TYPE_VALUE_OTHER);
}

function other(errorType: string): Failure {
  return {
    errorType: errorType === '' ? ERROR_TYPE_VALUE_OTHER : errorType,
    statusCode: undefined,
  };
}
