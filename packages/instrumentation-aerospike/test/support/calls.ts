import * as Aerospike from 'aerospike';

/** A record that exists, with bins n: 1 and s: 'text', and one that does not. */
export interface Keys {
  readonly existing: Aerospike.Key;
  readonly missing: Aerospike.Key;
}

/** A call of a client method, all its arguments but the callback, and what is expected to be measured of it. */
export interface Call {
  readonly title: string;
  readonly method: string;
  readonly operation: string;
  readonly args: (keys: Keys) => unknown[];
  /** `db.stored_procedure.name` */
  readonly storedProcedure?: string;
  /** `error.type` and `db.response.status_code`; left out when the call succeeds. */
  readonly failure?: { readonly type: string; readonly code?: string };
}

const { operations, exp, policy, WritePolicy, ReadPolicy } = Aerospike;

const KEY_NOT_FOUND = { type: 'KeyNotFoundError', code: '2' };
const GENERATION = { type: 'GenerationError', code: '3' };
const BIN_TYPE = { type: 'BinTypeError', code: '12' };
const FILTERED_OUT = { type: 'FilteredOut', code: '27' };

const wrongGeneration = new WritePolicy({ gen: policy.gen.EQ });
const neverTrue = { filterExpression: exp.eq(exp.binInt('n'), exp.int(-1)) };

export const SINGLE_RECORD_CALLS: readonly Call[] = [
  {
    title: 'get',
    method: 'get',
    operation: 'get',
    args: ({ existing }) => [existing],
  },
  {
    title: 'get of a missing record',
    method: 'get',
    operation: 'get',
    args: ({ missing }) => [missing],
    failure: KEY_NOT_FOUND,
  },
  {
    title: 'put',
    method: 'put',
    operation: 'put',
    args: ({ existing }) => [existing, { n: 2 }],
  },
  {
    title: 'put with another generation',
    method: 'put',
    operation: 'put',
    args: ({ existing }) => [existing, { n: 2 }, { gen: 77 }, wrongGeneration],
    failure: GENERATION,
  },
  {
    title: 'select',
    method: 'select',
    operation: 'select',
    args: ({ existing }) => [existing, ['n']],
  },
  {
    title: 'select of a missing record',
    method: 'select',
    operation: 'select',
    args: ({ missing }) => [missing, ['n']],
    failure: KEY_NOT_FOUND,
  },
  {
    title: 'exists',
    method: 'exists',
    operation: 'exists',
    args: ({ existing }) => [existing],
  },
  {
    title: 'exists of a missing record',
    method: 'exists',
    operation: 'exists',
    args: ({ missing }) => [missing],
  },
  {
    title: 'exists with a filter that is false',
    method: 'exists',
    operation: 'exists',
    args: ({ existing }) => [existing, new ReadPolicy(neverTrue)],
    failure: FILTERED_OUT,
  },
  {
    title: 'existsWithMetadata',
    method: 'existsWithMetadata',
    operation: 'exists',
    args: ({ existing }) => [existing],
  },
  {
    title: 'existsWithMetadata of a missing record',
    method: 'existsWithMetadata',
    operation: 'exists',
    args: ({ missing }) => [missing],
  },
  {
    title: 'existsWithMetadata with a filter that is false',
    method: 'existsWithMetadata',
    operation: 'exists',
    args: ({ existing }) => [existing, new ReadPolicy(neverTrue)],
    failure: FILTERED_OUT,
  },
  {
    title: 'remove',
    method: 'remove',
    operation: 'remove',
    args: ({ existing }) => [existing],
  },
  {
    title: 'remove of a missing record',
    method: 'remove',
    operation: 'remove',
    args: ({ missing }) => [missing],
    failure: KEY_NOT_FOUND,
  },
  {
    title: 'append',
    method: 'append',
    operation: 'append',
    args: ({ existing }) => [existing, { s: '!' }],
  },
  {
    title: 'append to a number',
    method: 'append',
    operation: 'append',
    args: ({ existing }) => [existing, { n: '!' }],
    failure: BIN_TYPE,
  },
  {
    title: 'prepend',
    method: 'prepend',
    operation: 'prepend',
    args: ({ existing }) => [existing, { s: '!' }],
  },
  {
    title: 'prepend to a number',
    method: 'prepend',
    operation: 'prepend',
    args: ({ existing }) => [existing, { n: '!' }],
    failure: BIN_TYPE,
  },
  {
    title: 'add',
    method: 'add',
    operation: 'increment',
    args: ({ existing }) => [existing, { n: 1 }],
  },
  {
    title: 'add to text',
    method: 'add',
    operation: 'increment',
    args: ({ existing }) => [existing, { s: 1 }],
    failure: BIN_TYPE,
  },
  {
    title: 'incr',
    method: 'incr',
    operation: 'increment',
    args: ({ existing }) => [existing, { n: 1 }],
  },
  {
    title: 'incr of text',
    method: 'incr',
    operation: 'increment',
    args: ({ existing }) => [existing, { s: 1 }],
    failure: BIN_TYPE,
  },
  {
    title: 'operate',
    method: 'operate',
    operation: 'operate',
    args: ({ existing }) => [existing, [operations.incr('n', 1), operations.read('n')]],
  },
  {
    title: 'operate on a missing record',
    method: 'operate',
    operation: 'operate',
    args: ({ missing }) => [missing, [operations.read('n')]],
    failure: KEY_NOT_FOUND,
  },
  {
    title: 'operate with nothing but touch',
    method: 'operate',
    operation: 'touch',
    args: ({ existing }) => [existing, [operations.touch(1000)]],
  },
  {
    title: 'operate with nothing but touch on a missing record',
    method: 'operate',
    operation: 'touch',
    args: ({ missing }) => [missing, [operations.touch(1000)]],
    failure: KEY_NOT_FOUND,
  },
  {
    title: 'operate with touch among others',
    method: 'operate',
    operation: 'operate',
    args: ({ existing }) => [existing, [operations.touch(1000), operations.read('n')]],
  },
];

/** Calls with wrong arguments: rejected, called back or thrown at once, as the client sees fit. */
export const INVALID_CALLS: readonly Call[] = [
  {
    title: 'get with a key that is no object',
    method: 'get',
    operation: 'get',
    args: () => ['text'],
    failure: { type: 'InvalidArgument' },
  },
  {
    title: 'get with a key that has no namespace',
    method: 'get',
    operation: 'get',
    args: () => [{ set: 'demo', key: 'k' }],
    failure: { type: 'InvalidArgument', code: '-2' },
  },
  {
    title: 'get with a policy that is no object',
    method: 'get',
    operation: 'get',
    args: ({ existing }) => [existing, 'policy'],
    failure: { type: 'InvalidArgument' },
  },
  {
    title: 'put with bins that are no object',
    method: 'put',
    operation: 'put',
    args: ({ existing }) => [existing, 'bins'],
    failure: { type: 'InvalidArgument' },
  },
  {
    title: 'append without bins',
    method: 'append',
    operation: 'append',
    args: ({ existing }) => [existing, null],
    failure: { type: 'InvalidArgument' },
  },
  {
    title: 'operate without operations',
    method: 'operate',
    operation: 'operate',
    args: ({ existing }) => [existing, []],
    failure: { type: 'InvalidArgument', code: '-2' },
  },
  {
    title: 'get in a namespace that does not exist',
    method: 'get',
    operation: 'get',
    args: () => [new Aerospike.Key('nowhere', 'set', 'k')],
    failure: { type: 'InvalidNamespace', code: '20' },
  },
  {
    title: 'get with a callback that is no function',
    method: 'get',
    operation: 'get',
    args: ({ existing }) => [existing, {}, 'callback'],
    failure: { type: 'InvalidArgument' },
  },
];
