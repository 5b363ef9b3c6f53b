import * as Aerospike from 'aerospike';
import type { Call } from './call';

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
  {
    title: 'apply',
    method: 'apply',
    operation: 'apply',
    args: ({ existing }) => [
      existing,
      { module: 'instrumentation', funcname: 'read_bin', args: ['n'] },
    ],
    storedProcedure: 'instrumentation.read_bin',
  },
  {
    title: 'apply of a function that fails',
    method: 'apply',
    operation: 'apply',
    args: ({ existing }) => [existing, { module: 'instrumentation', funcname: 'fail' }],
    storedProcedure: 'instrumentation.fail',
    failure: { type: 'UdfBadResponse', code: '100' },
  },
];
