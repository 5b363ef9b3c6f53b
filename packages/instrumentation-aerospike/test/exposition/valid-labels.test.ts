import assert from 'node:assert/strict';
import type { Attributes } from '@opentelemetry/api';
import { scopeLabels } from '../../src/exposition/labels';
import { validLabels } from '../../src/exposition/valid-labels';

const PAIRS: Readonly<Record<string, readonly [Attributes, Readonly<Record<string, string>>]>> = {
  'replaces what no label name can have': [
    { 'db.system.name': 'aerospike', 'a-b': '1', 'c..d': '2', é: '3' },
    { db_system_name: 'aerospike', a_b: '1', c_d: '2', _: '3' },
  ],
  'writes values that are no text as JSON': [
    { port: 3000, flag: false, list: ['a', null, 'b'], missing: undefined },
    { port: '3000', flag: 'false', list: '["a",null,"b"]', missing: '' },
  ],
  'joins the values of names that become equal, in the order of their keys': [
    { a_b: 'second', other: 'x', 'a.b': 'first' },
    { a_b: 'first;second', other: 'x' },
  ],
  'puts an underscore before a digit': [{ '1st': 'a' }, { _1st: 'a' }],
  'has no label that Prometheus keeps for itself': [{ __name__: 'a' }, { _name_: 'a' }],
  'leaves out a name of no characters': [{ '': 'a', b: 'c' }, { b: 'c' }],
  'gives another name to what would be the bound of a bucket': [
    { le: 'a', 'otel.scope.name': 'b', exported_le: 'c' },
    { exported_le: 'c;a', exported_otel_scope_name: 'b' },
  ],
};

const RESERVED = new Set(['le', 'otel_scope_name']);

describe('the labels of an attribute set', () => {
  for (const [name, [attributes, expected]] of Object.entries(PAIRS)) {
    it(name, () => {
      assert.deepEqual(Object.fromEntries(validLabels(attributes, RESERVED)), expected);
    });
  }

  it('can have the bound of a bucket where there are no buckets', () => {
    assert.deepEqual(validLabels({ le: 'a' }), [['le', 'a']]);
  });

  it('say which scope has recorded it, as far as that is known', () => {
    assert.deepEqual(scopeLabels({ name: 'a', version: '', schemaUrl: undefined }), [
      ['otel_scope_name', 'a'],
    ]);
    assert.deepEqual(scopeLabels({ name: 'a', version: '1', schemaUrl: 'b' }), [
      ['otel_scope_name', 'a'],
      ['otel_scope_schema_url', 'b'],
      ['otel_scope_version', '1'],
    ]);
  });
});
