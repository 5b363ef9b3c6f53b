import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { status } from 'aerospike';
import { failureOf } from '../src/aerospike/failure';
import { ERROR_TYPES } from '../src/aerospike/status-codes';

describe('failureOf', () => {
  it('names every status code that the client knows', () => {
    const codes = Object.entries(status).filter(
      ([name, code]) => typeof code === 'number' && name !== 'OK' && code !== 0,
    );
    assert.ok(codes.length > 80, `${codes.length} codes`);
    const unnamed = codes.filter(([, code]) => !ERROR_TYPES.has(Number(code)));
    assert.deepEqual(unnamed, []);
  });

  it('gives the code as text beside its name', () => {
    assert.deepEqual(failureOf({ code: 2 }), { errorType: 'KeyNotFoundError', statusCode: '2' });
    assert.deepEqual(failureOf({ code: -10 }), { errorType: 'Connection', statusCode: '-10' });
  });

  it('takes the code of an unknown status for its type', () => {
    assert.deepEqual(failureOf({ code: 9999 }), { errorType: '9999', statusCode: '9999' });
  });

  it('takes a TypeError for an invalid argument', () => {
    assert.deepEqual(failureOf(new TypeError('Key must be an object')), {
      errorType: 'InvalidArgument',
      statusCode: undefined,
    });
  });

  it('gives the class name of any other error', () => {
    class QuotaError extends Error {}
    assert.equal(failureOf(new QuotaError()).errorType, 'QuotaError');
    assert.equal(failureOf(new RangeError()).errorType, 'RangeError');
  });

  it('gives no type for what has no name', () => {
    for (const thrown of ['text', null, undefined, 42, {}, new (class extends Error {})()]) {
      assert.deepEqual(failureOf(thrown), { errorType: undefined, statusCode: undefined });
    }
  });

  it('gives no type for what cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable(new Error(), {});
    revoke();
    const unreadable = Object.defineProperty(new Error(), 'code', {
      get: () => assert.fail('nobody may read this'),
    });
    class Nameless extends Error {
      static override readonly name = Symbol('no text') as unknown as string;
    }
    for (const thrown of [proxy, unreadable, new Nameless(), Object.create(null)]) {
      assert.deepEqual(failureOf(thrown), { errorType: undefined, statusCode: undefined });
    }
  });

  it('knows a TypeError of another realm', () => {
    const error: unknown = runInNewContext("new TypeError('Key must be an object')");
    assert.equal(failureOf(error).errorType, 'InvalidArgument');
  });

  it('never carries a message', () => {
    const failure = failureOf(Object.assign(new Error('secret'), { code: 100 }));
    assert.equal(JSON.stringify(failure).includes('secret'), false);
  });
});
