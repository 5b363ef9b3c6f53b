import assert from 'node:assert/strict';
import { AttributeCache, type OperationTarget } from '../src/recording/attribute-cache';

const SERVER = { address: 'aero.example', port: 3100 };

function target(set: string, storedProcedure?: string): OperationTarget {
  return { namespace: 'test', set, operation: 'apply', storedProcedure };
}

describe('AttributeCache', () => {
  it('hands out the same attributes for the same target and outcome', () => {
    const cache = new AttributeCache(SERVER);
    const failure = { errorType: 'Timeout', statusCode: '9' };
    const first = cache.find(target('users'));
    const again = cache.find(target('users'));
    assert.equal(again.success, first.success);
    assert.equal(again.failure({ ...failure }), first.failure(failure));
  });

  it('keeps stored procedures of one operation apart', () => {
    const cache = new AttributeCache(SERVER);
    const attributes = cache.find(target('users', 'module.one')).success;
    assert.equal(attributes['db.stored_procedure.name'], 'module.one');
    assert.notEqual(cache.find(target('users', 'module.two')).success, attributes);
  });

  it('has no attribute for what is unknown', () => {
    const cache = new AttributeCache({ address: undefined, port: undefined });
    const unknown = { namespace: undefined, set: undefined, storedProcedure: undefined };
    assert.deepEqual(cache.find({ operation: 'info', ...unknown }).success, {
      'db.system.name': 'aerospike',
      'db.operation.name': 'info',
    });
  });

  it('forgets targets rather than grow beyond its limit', () => {
    const cache = new AttributeCache(SERVER, 2);
    const first = cache.find(target('a'));
    cache.find(target('b'));
    assert.equal(cache.find(target('a')), first);
    cache.find(target('c'));
    assert.notEqual(cache.find(target('a')), first);
    assert.deepEqual(cache.find(target('a')).success, first.success);
  });

  it('does not keep errors that are invented without end', () => {
    const { failure } = bind(new AttributeCache(SERVER).find(target('users')));
    for (let i = 0; i < 200; i++) failure({ errorType: `Error${i}`, statusCode: undefined });
    const late = { errorType: 'Late', statusCode: undefined };
    assert.notEqual(failure(late), failure(late));
    assert.deepEqual(failure(late), failure(late));
  });
});

function bind(outcomes: ReturnType<AttributeCache['find']>) {
  return { failure: outcomes.failure.bind(outcomes) };
}
