import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { alerts } from '@example/prometheus-grafana/build/src/alerts';
import { generatedFiles } from '@example/prometheus-grafana/build/src/generated-files';
import {
  CLIENT_RECORDING_RULES,
  CLIENT_ALERTS,
} from '@example/prometheus-grafana/build/src/client-rules';
import { OPERATION_QUERIES } from '@example/prometheus-grafana/build/src/operation-queries';
import { QUERIES } from '@example/prometheus-grafana/build/src/queries';
import type { Query } from '@example/prometheus-grafana/build/src/query';
import {
  recordingRules,
  RECORDING_RULES,
} from '@example/prometheus-grafana/build/src/recording-rules';
import { HISTOGRAM_KINDS, Scope } from '@example/prometheus-grafana/build/src/scope';
import { DASHBOARDS, interpolate, panelQueries, withoutAll } from './dashboard-queries';
import { DOCUMENTS_WITH_QUERIES, queriesOf } from './documented-queries';
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

/** For both kinds of histograms; what asks for none is the same for both. */
const textsOf = (queries: Readonly<Record<string, Query>>) => [
  ...new Set(
    HISTOGRAM_KINDS.flatMap(histograms =>
      Object.values(queries).map(query => query(new Scope({ histograms, range: '5m' }))),
    ),
  ),
];

const QUERY_TEXTS = textsOf(QUERIES);

/** What is looked at of a rule. */
interface RecordingRuleText {
  readonly record: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly expr: string;
}

describe('the queries', () => {
  it('are documented, each of them once', () => {
    assert.deepEqual(queriesOf(COOKBOOK).sort(), [...QUERY_TEXTS].sort());
  });

  for (const file of DOCUMENTS_WITH_QUERIES) {
    it(`are all that ${file} has`, () => {
      assert.deepEqual(
        queriesOf(file).filter(query => !QUERY_TEXTS.includes(query)),
        [],
      );
    });
  }

  for (const kind of HISTOGRAM_KINDS) {
    it(`are all that the dashboard for ${kind} histograms asks`, () => {
      const asked = panelQueries(DASHBOARDS[kind]).map(({ expr }) => withoutAll(interpolate(expr)));
      assert.deepEqual(
        asked.filter(query => !QUERY_TEXTS.includes(query)),
        [],
      );
    });
  }

  it('select a bucket by every form that Prometheus writes its boundary in', () => {
    const boundaries = QUERY_TEXTS.flatMap(text =>
      Array.from(text.matchAll(/le=~?"[^"]*"/g)).flat(),
    );
    assert.deepEqual(boundaries, ['le="0.005"', 'le=~"1(\\\\.0)?"']);
  });

  it('of operations use no label that aerospike-py does not have', () => {
    const used = textsOf(OPERATION_QUERIES).flatMap(text => [
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
      ...[...RECORDING_RULES, ...CLIENT_RECORDING_RULES].map(({ record }) => record),
      ...[...alerts('classic').groups.flatMap(({ rules }) => rules), ...CLIENT_ALERTS].map(
        ({ alert }) => alert,
      ),
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
      aerospike_node_name: 'node',
      db_client_connection_pool_name: 'pool',
    };
    const rules: readonly RecordingRuleText[] = [
      ...HISTOGRAM_KINDS.flatMap(kind => recordingRules(kind).groups).flatMap(group => group.rules),
      ...CLIENT_RECORDING_RULES,
    ];
    for (const { record, labels = {}, expr } of rules) {
      const [, by = ''] = /by \(([^)]*)\)/.exec(expr) ?? [];
      const kept = by.split(', ').filter(label => label !== 'le');
      const level = [...kept, ...Object.keys(labels)].map(label => words[label] ?? label).join('_');
      assert.match(
        record,
        new RegExp(`^${level}:(db_client_operation|aerospike_client_node)_\\w+:\\w+$`),
      );
    }
  });
});
