import { resolve } from 'node:path';
import * as Aerospike from 'aerospike';
import type { Call } from './call';

const UDF_FILE = resolve(__dirname, '../../../../test/fixtures/instrumentation.lua');
const WHOLE_CLUSTER = { namespace: null, set: null } as const;
const ENTERPRISE_ONLY = { type: 'EnterpriseOnly', code: '25' };
const SECURITY_NOT_SUPPORTED = { type: 'SecurityNotSupported', code: '51' };
const INDEX = 'instrumentation_index';

const { indexDataType, exp } = Aerospike;

/** The methods that create an index, each with its options beside namespace, set and name. */
const INDEX_METHODS: readonly [method: string, options: object][] = [
  ['createIndex', { bin: 'n', datatype: indexDataType.NUMERIC }],
  ['createIntegerIndex', { bin: 'n' }],
  ['createStringIndex', { bin: 's' }],
  ['createGeo2DSphereIndex', { bin: 'g' }],
  ['createBlobIndex', { bin: 'b' }],
  ['createExpIndex', { exp: exp.binInt('n'), datatype: indexDataType.NUMERIC }],
  ['createExpIntegerIndex', { exp: exp.binInt('n') }],
  ['createExpStringIndex', { exp: exp.binStr('s') }],
  ['createExpGeo2DSphereIndex', { exp: exp.binGeo('g') }],
  ['createExpBlobIndex', { exp: exp.binBlob('b') }],
];

export const INDEX_CALLS: readonly Call[] = INDEX_METHODS.map(([method, options], number) => ({
  title: method,
  method,
  operation: 'create_index',
  // Another test file has indexes like these on another set, perhaps of the same server.
  args: ({ existing: { ns, set } }) => [
    { ns, set, index: `${INDEX}_${set}_${number}`, ...options },
  ],
}));

/** The methods about users and roles with their arguments. The Community Edition has neither, and says so. */
const SECURITY_METHODS: readonly [method: string, operation: string, ...args: unknown[]][] = [
  ['createUser', 'create_user', 'user', 'secret', ['role']],
  ['createPKIUser', 'create_pki_user', 'user', ['role']],
  ['dropUser', 'drop_user', 'user'],
  ['createRole', 'create_role', 'role', [new Aerospike.admin.Privilege(0)], null, null, 0, 0],
  ['dropRole', 'drop_role', 'role'],
  ['grantPrivileges', 'grant_privileges', 'role', [new Aerospike.admin.Privilege(0)]],
  ['revokePrivileges', 'revoke_privileges', 'role', [new Aerospike.admin.Privilege(0)]],
  ['grantRoles', 'grant_roles', 'user', ['role']],
  ['revokeRoles', 'revoke_roles', 'user', ['role']],
  ['queryRole', 'query_role', 'role'],
  ['queryRoles', 'query_roles'],
  ['queryUser', 'query_user', 'user'],
  ['queryUsers', 'query_users'],
  ['setQuotas', 'set_quotas', 'role', 1, 1],
  ['setWhitelist', 'set_whitelist', 'role', ['127.0.0.1']],
];

/** The client refuses a new password by itself when it has not logged in. */
const PASSWORD_METHODS: readonly [method: string, operation: string][] = [
  ['changePassword', 'change_password'],
  ['setPassword', 'set_password'],
];

export const SECURITY_CALLS: readonly Call[] = [
  ...SECURITY_METHODS.map(([method, operation, ...args]) => ({
    title: method,
    method,
    operation,
    args: () => args,
    ...WHOLE_CLUSTER,
    failure: SECURITY_NOT_SUPPORTED,
  })),
  ...PASSWORD_METHODS.map(([method, operation]) => ({
    title: method,
    method,
    operation,
    args: () => ['user', 'secret'],
    ...WHOLE_CLUSTER,
    failure: { type: 'InvalidArgument', code: '-2' },
  })),
];

export const CLUSTER_CALLS: readonly Call[] = [
  {
    title: 'indexRemove',
    method: 'indexRemove',
    operation: 'remove_index',
    args: ({ existing }) => [existing.ns, INDEX],
    set: null,
  },
  {
    title: 'truncate',
    method: 'truncate',
    operation: 'truncate',
    args: ({ existing }) => [existing.ns, 'truncated', 0],
    set: 'truncated',
  },
  {
    title: 'truncate of a set without a name',
    method: 'truncate',
    operation: 'truncate',
    args: ({ existing }) => [existing.ns, '', 0],
    set: null,
    failure: { type: 'ParameterError', code: '4' },
  },
  {
    title: 'udfRegister',
    method: 'udfRegister',
    operation: 'udf_register',
    args: () => [UDF_FILE],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'udfRemove of a module that is not there',
    method: 'udfRemove',
    operation: 'udf_remove',
    args: () => ['no-such-module.lua'],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'infoAny',
    method: 'infoAny',
    operation: 'info',
    args: () => ['build'],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'infoAny of an unknown command',
    method: 'infoAny',
    operation: 'info',
    args: () => ['no-such-command'],
    ...WHOLE_CLUSTER,
    failure: { type: 'ParameterError', code: '4' },
  },
  {
    title: 'infoAll',
    method: 'infoAll',
    operation: 'info',
    args: () => ['build'],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'info of a host',
    method: 'info',
    operation: 'info',
    args: (_keys, client) => ['build', client.config.hosts],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'info of a host that does not exist',
    method: 'info',
    operation: 'info',
    args: () => ['build', { addr: '127.0.0.1', port: 1 }],
    ...WHOLE_CLUSTER,
    failure: { type: 'Connection', code: '-10' },
  },
  {
    title: 'infoNode',
    method: 'infoNode',
    operation: 'info',
    args: (_keys, client) => ['build', client.isConnected(false) ? client.getNodes()[0] : {}],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'infoNode without a node',
    method: 'infoNode',
    operation: 'info',
    args: () => ['build', null],
    ...WHOLE_CLUSTER,
    failure: { type: 'InvalidArgument' },
  },
  {
    title: 'commit of what is no transaction',
    method: 'commit',
    operation: 'commit',
    args: () => [{}],
    ...WHOLE_CLUSTER,
    failure: { type: 'ClientError', code: '-1' },
  },
  {
    title: 'abort of what is no transaction',
    method: 'abort',
    operation: 'abort',
    args: () => [{}],
    ...WHOLE_CLUSTER,
    failure: { type: 'ClientError', code: '-1' },
  },
  {
    title: 'commit of a transaction that has done nothing',
    method: 'commit',
    operation: 'commit',
    args: () => [new Aerospike.Transaction()],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'abort of a transaction that has done nothing',
    method: 'abort',
    operation: 'abort',
    args: () => [new Aerospike.Transaction()],
    ...WHOLE_CLUSTER,
  },
  {
    title: 'setXDRFilter',
    method: 'setXDRFilter',
    operation: 'set_xdr_filter',
    args: ({ existing }) => [null, 'data-center', existing.ns],
    set: null,
    failure: ENTERPRISE_ONLY,
  },
];
