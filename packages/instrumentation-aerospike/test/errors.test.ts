import assert from 'node:assert/strict';
import { status } from 'aerospike';
import { ERROR_TYPES, failureOf } from '../src/errors';

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

  it('keeps the code of an unknown status', () => {
    assert.deepEqual(failureOf({ code: 9999 }), { errorType: 'Unknown', statusCode: '9999' });
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

  it('gives _OTHER for what has no name', () => {
    for (const thrown of ['text', null, undefined, 42, {}, new (class extends Error {})()]) {
      assert.deepEqual(failureOf(thrown), { errorType: '_OTHER', statusCode: undefined });
    }
  });

  it('never carries a message', () => {
    const failure = failureOf(Object.assign(new Error('secret'), { code: 100 }));
    assert.equal(JSON.stringify(failure).includes('secret'), false);
  });
});
