import * as Aerospike from 'aerospike';
import type { Call, Keys } from './call';

const { batchType, operations } = Aerospike;

const BATCH_FAILED = { type: 'BatchFailed', code: '-16' };
const UDF = { module: 'instrumentation', funcname: 'read_bin', args: ['n'] };
const FAILING_UDF = { module: 'instrumentation', funcname: 'fail' };

const bothKeys = ({ existing, missing }: Keys) => [existing, missing];
const nowhere = ['a', 'b'].map(key => new Aerospike.Key('nowhere', 'users', key));

function reads(keys: readonly Aerospike.Key[]): object[] {
  return keys.map(key => ({ key, readAllBins: true }));
}

function writes(keys: readonly Aerospike.Key[]): object[] {
  const ops = [operations.write('n', 1)];
  return keys.map(key => ({ type: batchType.BATCH_WRITE, key, ops }));
}

export const BATCH_CALLS: readonly Call[] = [
  {
    title: 'batchRead with a record that is missing',
    method: 'batchRead',
    operation: 'batch_read',
    args: keys => [reads(bothKeys(keys))],
  },
  {
    title: 'batchRead in a namespace that does not exist',
    method: 'batchRead',
    operation: 'batch_read',
    args: () => [reads(nowhere)],
    namespace: 'nowhere',
    set: 'users',
    failure: BATCH_FAILED,
  },
  {
    title: 'batchWrite',
    method: 'batchWrite',
    operation: 'batch_operate',
    args: ({ existing }) => [writes([existing])],
  },
  {
    title: 'batchWrite in a namespace that does not exist',
    method: 'batchWrite',
    operation: 'batch_operate',
    args: () => [writes(nowhere)],
    namespace: 'nowhere',
    set: 'users',
    failure: BATCH_FAILED,
  },
  {
    title: 'batchGet with a record that is missing',
    method: 'batchGet',
    operation: 'batch_get',
    args: keys => [bothKeys(keys)],
  },
  {
    title: 'batchGet in a namespace that does not exist',
    method: 'batchGet',
    operation: 'batch_get',
    args: () => [nowhere],
    namespace: 'nowhere',
    set: 'users',
    failure: BATCH_FAILED,
  },
  {
    title: 'batchExists with a record that is missing',
    method: 'batchExists',
    operation: 'batch_exists',
    args: keys => [bothKeys(keys)],
  },
  {
    title: 'batchExists in a namespace that does not exist',
    method: 'batchExists',
    operation: 'batch_exists',
    args: () => [nowhere],
    namespace: 'nowhere',
    set: 'users',
    failure: BATCH_FAILED,
  },
  {
    title: 'batchSelect with a record that is missing',
    method: 'batchSelect',
    operation: 'batch_select',
    args: keys => [bothKeys(keys), ['n']],
  },
  {
    title: 'batchSelect in a namespace that does not exist',
    method: 'batchSelect',
    operation: 'batch_select',
    args: () => [nowhere, ['n']],
    namespace: 'nowhere',
    set: 'users',
    failure: BATCH_FAILED,
  },
  {
    title: 'batchRemove with a record that is missing',
    method: 'batchRemove',
    operation: 'batch_remove',
    args: keys => [bothKeys(keys)],
  },
  {
    title: 'batchRemove in a namespace that does not exist',
    method: 'batchRemove',
    operation: 'batch_remove',
    args: () => [nowhere],
    namespace: 'nowhere',
    set: 'users',
    failure: BATCH_FAILED,
  },
  {
    title: 'batchApply',
    method: 'batchApply',
    operation: 'batch_apply',
    args: ({ existing }) => [[existing], UDF],
    storedProcedure: 'instrumentation.read_bin',
  },
  {
    title: 'batchApply of a function that fails',
    method: 'batchApply',
    operation: 'batch_apply',
    args: ({ existing }) => [[existing], FAILING_UDF],
    storedProcedure: 'instrumentation.fail',
    failure: BATCH_FAILED,
  },
];
