import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { alerts } from '@example/prometheus-grafana/build/src/alerts';
import { generatedFiles } from '@example/prometheus-grafana/build/src/generated-files';
import { QUERIES } from '@example/prometheus-grafana/build/src/queries';
import {
  recordingRules,
  RECORDING_RULES,
} from '@example/prometheus-grafana/build/src/recording-rules';
import { HISTOGRAM_KINDS, Scope } from '@example/prometheus-grafana/build/src/scope';
import { queriesOf } from './documented-queries';
import { ROOT } from '@test/support';

const COOKBOOK = 'docs/promql.md';

/** The labels that aerospike-py has too, and those that Prometheus adds. */
const SHARED_LABELS = [
  'db_system_name',
  'db_namespace',
  'db_collection_name',
  'db_operation_name',
  'error_type',
  'job',
  'instance',
  'le',
];

const QUERY_TEXTS = HISTOGRAM_KINDS.flatMap(histograms =>
  Object.values(QUERIES).map(query => query(new Scope({ histograms, range: '5m' }))),
);

describe('the queries', () => {
  it('are documented, each of them once', () => {
    assert.deepEqual(queriesOf(COOKBOOK).sort(), [...QUERY_TEXTS].sort());
  });

  it('select a bucket by every form that Prometheus writes its boundary in', () => {
    const boundaries = QUERY_TEXTS.flatMap(text =>
      Array.from(text.matchAll(/le=~?"[^"]*"/g)).flat(),
    );
    assert.deepEqual(boundaries, ['le="0.005"', 'le=~"1(\\\\.0)?"']);
  });

  it('use no label that aerospike-py does not have', () => {
    const used = QUERY_TEXTS.flatMap(text => [
      ...Array.from(text.matchAll(/(\w+)[!=]~?"/g), ([, label = '']) => label),
      ...Array.from(text.matchAll(/by \(([^)]*)\)/g), ([, labels = '']) =>
        labels.split(', '),
      ).flat(),
    ]);
    assert.deepEqual(
      used.filter(label => !SHARED_LABELS.includes(label)),
      [],
    );
  });
});

describe('the files made from the queries', () => {
  it('are those of today: npm run generate -w @example/prometheus-grafana', async () => {
    for (const [file, content] of await generatedFiles()) {
      assert.equal(readFileSync(file, 'utf8'), content, relative(ROOT, file));
    }
  });

  it('have names for all that they record and alert on in the documentation', () => {
    const text = readFileSync(join(ROOT, COOKBOOK), 'utf8');
    const names = [
      ...RECORDING_RULES.map(({ record }) => record),
      ...alerts('classic').groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)),
    ];
    assert.deepEqual(
      names.filter(name => !text.includes(`\`${name}\``)),
      [],
    );
  });

  it('record and alert under the same names for both kinds of histograms', () => {
    const records = HISTOGRAM_KINDS.map(kind =>
      recordingRules(kind).groups.flatMap(({ rules }) =>
        rules.map(({ record, labels }) => ({ record, labels })),
      ),
    );
    assert.deepEqual(records[0], records[1]);
    const names = HISTOGRAM_KINDS.map(kind =>
      alerts(kind).groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)),
    );
    assert.deepEqual(names[0], names[1]);
  });

  it('record under the name that the labels and the operations make: level:metric:operations', () => {
    const words: Readonly<Record<string, string>> = {
      db_namespace: 'namespace',
      db_operation_name: 'operation',
    };
    const rules = HISTOGRAM_KINDS.flatMap(kind => recordingRules(kind).groups).flatMap(
      group => group.rules,
    );
    for (const { record, labels = {}, expr } of rules) {
      const [, by = ''] = /by \(([^)]*)\)/.exec(expr) ?? [];
      const kept = by.split(', ').filter(label => label !== 'le');
      const level = [...kept, ...Object.keys(labels)].map(label => words[label] ?? label).join('_');
      assert.match(record, new RegExp(`^${level}:db_client_operation\\w+:\\w+$`));
    }
  });
});
