import type { Client } from 'aerospike';
import type { CallReader, OperationsOf } from './operation';
import {
  BATCH_RECORDS,
  CLUSTER,
  FILTER_AND_NAMESPACE,
  KEY,
  KEY_AND_UDF,
  KEYS,
  KEYS_AND_UDF,
  NAMESPACE,
  NAMESPACE_AND_SET,
} from './targets';

/** The operation code of `operations.touch()`, the same in every version of the client. */
const TOUCH = 5;

/** The Node.js client has no touch method of its own: touching is an `operate` with nothing but touch operations. */
const operateOrTouch: CallReader<string> = (_self, args) => {
  const operations: unknown = args[1];
  const onlyTouch = Array.isArray(operations) && operations.length > 0 && operations.every(isTouch);
  return onlyTouch ? 'touch' : 'operate';
};

function isTouch(operation: unknown): boolean {
  return (operation as { readonly op?: unknown } | null | undefined)?.op === TOUCH;
}

/** The measured methods of `Client`. */
export const CLIENT_OPERATIONS = {
  get: { name: 'get', target: KEY },
  put: { name: 'put', target: KEY },
  select: { name: 'select', target: KEY },
  exists: { name: 'exists', target: KEY, missingRecordSucceeds: true },
  existsWithMetadata: { name: 'exists', target: KEY, missingRecordSucceeds: true },
  remove: { name: 'remove', target: KEY },
  append: { name: 'append', target: KEY, delegate: 'operate' },
  prepend: { name: 'prepend', target: KEY, delegate: 'operate' },
  add: { name: 'increment', target: KEY, delegate: 'operate' },
  incr: { name: 'increment', target: KEY, delegate: 'operate' },
  operate: { name: operateOrTouch, target: KEY },
  apply: { name: 'apply', target: KEY_AND_UDF },

  batchRead: { name: 'batch_read', target: BATCH_RECORDS, isBatch: true, returnsRows: true },
  batchWrite: { name: 'batch_operate', target: BATCH_RECORDS, isBatch: true },
  batchRemove: { name: 'batch_remove', target: KEYS, isBatch: true },
  batchGet: { name: 'batch_get', target: KEYS, isBatch: true, returnsRows: true },
  batchExists: { name: 'batch_exists', target: KEYS, isBatch: true, returnsRows: true },
  batchSelect: { name: 'batch_select', target: KEYS, isBatch: true, returnsRows: true },
  batchApply: { name: 'batch_apply', target: KEYS_AND_UDF, isBatch: true },

  createIndex: { name: 'create_index', target: KEY },
  createIntegerIndex: { name: 'create_index', target: KEY, delegate: 'createIndex' },
  createStringIndex: { name: 'create_index', target: KEY, delegate: 'createIndex' },
  createGeo2DSphereIndex: { name: 'create_index', target: KEY, delegate: 'createIndex' },
  createBlobIndex: { name: 'create_index', target: KEY, delegate: 'createIndex' },
  createExpIndex: { name: 'create_index', target: KEY },
  createExpIntegerIndex: { name: 'create_index', target: KEY, delegate: 'createExpIndex' },
  createExpStringIndex: { name: 'create_index', target: KEY, delegate: 'createExpIndex' },
  createExpGeo2DSphereIndex: { name: 'create_index', target: KEY, delegate: 'createExpIndex' },
  createExpBlobIndex: { name: 'create_index', target: KEY, delegate: 'createExpIndex' },
  indexRemove: { name: 'remove_index', target: NAMESPACE },

  truncate: { name: 'truncate', target: NAMESPACE_AND_SET },
  udfRegister: { name: 'udf_register', target: CLUSTER },
  udfRemove: { name: 'udf_remove', target: CLUSTER },
  info: { name: 'info', target: CLUSTER },
  infoAny: { name: 'info', target: CLUSTER },
  infoAll: { name: 'info', target: CLUSTER },
  infoNode: { name: 'info', target: CLUSTER },
  commit: { name: 'commit', target: CLUSTER },
  abort: { name: 'abort', target: CLUSTER },

  changePassword: { name: 'change_password', target: CLUSTER, isConfidential: true },
  setPassword: { name: 'set_password', target: CLUSTER, isConfidential: true },
  createUser: { name: 'create_user', target: CLUSTER, isConfidential: true },
  createPKIUser: { name: 'create_pki_user', target: CLUSTER, isConfidential: true },
  dropUser: { name: 'drop_user', target: CLUSTER, isConfidential: true },
  createRole: { name: 'create_role', target: CLUSTER, isConfidential: true },
  dropRole: { name: 'drop_role', target: CLUSTER, isConfidential: true },
  grantPrivileges: { name: 'grant_privileges', target: CLUSTER, isConfidential: true },
  revokePrivileges: { name: 'revoke_privileges', target: CLUSTER, isConfidential: true },
  grantRoles: { name: 'grant_roles', target: CLUSTER, isConfidential: true },
  revokeRoles: { name: 'revoke_roles', target: CLUSTER, isConfidential: true },
  queryRole: { name: 'query_role', target: CLUSTER, isConfidential: true },
  queryRoles: { name: 'query_roles', target: CLUSTER, isConfidential: true },
  queryUser: { name: 'query_user', target: CLUSTER, isConfidential: true },
  queryUsers: { name: 'query_users', target: CLUSTER, isConfidential: true },
  setQuotas: { name: 'set_quotas', target: CLUSTER, isConfidential: true },
  setWhitelist: { name: 'set_whitelist', target: CLUSTER, isConfidential: true },
  setXDRFilter: { name: 'set_xdr_filter', target: FILTER_AND_NAMESPACE },
} satisfies OperationsOf<Client>;
