import * as Aerospike from 'aerospike';
import type { Call } from './call';

/** Calls with wrong arguments: rejected, called back or thrown at once, as the client sees fit. */
export const INVALID_CALLS: readonly Call[] = [
  {
    title: 'get with a key that is no object',
    method: 'get',
    operation: 'get',
    args: () => ['text'],
    namespace: null,
    set: null,
    failure: { type: 'InvalidArgument' },
  },
  {
    title: 'get with a key that has no namespace',
    method: 'get',
    operation: 'get',
    args: () => [{ set: 'demo', key: 'k' }],
    namespace: null,
    set: 'demo',
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
    args: () => [new Aerospike.Key('nowhere', 'users', 'k')],
    namespace: 'nowhere',
    set: 'users',
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
