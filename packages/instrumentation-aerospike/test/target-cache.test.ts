import assert from 'node:assert/strict';
import type { Attributes } from '@opentelemetry/api';
import { TargetCache } from '../src/series/target-cache';
import type { Recorder } from '../src/series/recorder';

const SERVER = { address: 'aero.example', port: 3100 };
const TIMEOUT = { errorType: 'Timeout', statusCode: '9' };

describe('TargetCache', () => {
  /** The attribute sets that series were asked for. */
  let recorded: Attributes[];
  let recorder: Recorder;

  beforeEach(() => {
    recorded = [];
    recorder = {
      refresh: () => true,
      destination: {},
      series: (_metric, attributes) => {
        recorded.push(attributes);
        return { record: () => undefined };
      },
      observe: () => () => undefined,
    };
  });

  function find(cache: TargetCache, set: string, storedProcedure?: string) {
    return cache.find('test', set, 'apply', storedProcedure);
  }

  it('hands out the same series for the same target and outcome', () => {
    const cache = new TargetCache(SERVER, recorder);
    const first = find(cache, 'users');
    const again = find(cache, 'users');
    assert.equal(again.success(), first.success());
    assert.equal(again.failure({ ...TIMEOUT }), first.failure(TIMEOUT));
  });

  it('asks for the series of an outcome when it occurs', () => {
    const outcomes = find(new TargetCache(SERVER, recorder), 'users');
    assert.deepEqual(recorded, []);
    outcomes.failure(TIMEOUT);
    assert.deepEqual(recorded, [
      { ...outcomes.attributes, 'error.type': 'Timeout', 'db.response.status_code': '9' },
    ]);
  });

  it('keeps namespaces apart, whichever was asked for last', () => {
    const cache = new TargetCache(SERVER, recorder);
    const namespaces = ['one', 'two', undefined];
    const ask = () => namespaces.map(namespace => cache.find(namespace, 'users', 'get', undefined));
    const first = ask();
    assert.deepEqual(
      first.map(({ target }) => target.namespace),
      namespaces,
    );
    const again = ask();
    for (const [place, series] of first.entries()) assert.equal(again[place], series);
  });

  it('keeps stored procedures of one operation apart', () => {
    const cache = new TargetCache(SERVER, recorder);
    const one = find(cache, 'users', 'module.one');
    assert.equal(one.attributes['db.stored_procedure.name'], 'module.one');
    assert.notEqual(find(cache, 'users', 'module.two'), one);
  });

  it('has no attribute for what is unknown', () => {
    const cache = new TargetCache({ address: undefined, port: undefined }, recorder);
    assert.deepEqual(cache.find(undefined, undefined, 'info', undefined).attributes, {
      'db.system.name': 'aerospike',
      'db.operation.name': 'info',
    });
  });

  it('forgets targets rather than grow beyond its limit', () => {
    const cache = new TargetCache(SERVER, recorder, 2);
    const first = find(cache, 'a');
    find(cache, 'b');
    assert.equal(find(cache, 'a'), first);
    find(cache, 'c');
    assert.notEqual(find(cache, 'a'), first);
    assert.deepEqual(find(cache, 'a').attributes, first.attributes);
  });

  it('does not keep errors that are invented without end', () => {
    const outcomes = find(new TargetCache(SERVER, recorder), 'users');
    for (let i = 0; i < 200; i++) {
      outcomes.failure({ errorType: `Error${i}`, statusCode: undefined });
    }
    const late = { errorType: 'Late', statusCode: undefined };
    assert.notEqual(outcomes.failure(late), outcomes.failure(late));
    assert.deepEqual(outcomes.failure(late).attributes, outcomes.failure(late).attributes);
  });
});
